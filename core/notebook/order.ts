// Cells that need each other in a circle, and an order in which every other comes after what it needs.

/**
 * Groups of names that need each other, each after those it needs: one name a group, but for circles.
 * Names stay in the order given wherever that order allows it. Tarjan, "Depth-first search and linear graph
 * algorithms" (1972), without recursion, so that a chain of any length is fine.
 */
export function groups(
  names: readonly string[],
  needs: (name: string) => readonly string[],
): string[][] {
  const made: string[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  for (const first of names) {
    if (index.has(first)) continue
    const path = [{name: first, next: 0}]
    while (path.length) {
      const here = path.at(-1)!
      const {name} = here
      if (here.next === 0) {
        index.set(name, index.size)
        low.set(name, index.get(name)!)
        open.push(name)
        isOpen.add(name)
      }
      const needed = needs(name)[here.next++]
      if (needed !== undefined) {
        if (!index.has(needed)) path.push({name: needed, next: 0})
        else if (isOpen.has(needed)) low.set(name, Math.min(low.get(name)!, index.get(needed)!))
        continue
      }
      path.pop()
      const above = path.at(-1)?.name
      if (above !== undefined) low.set(above, Math.min(low.get(above)!, low.get(name)!))
      if (low.get(name) !== index.get(name)) continue
      const group = open.splice(open.lastIndexOf(name))
      for (const member of group) isOpen.delete(member)
      made.push(group)
    }
  }
  return made
}

/** The shortest way from a name back to itself along what it needs, or nothing: `[a, b, c]` for a → b → c → a. */
export function circle(
  start: string,
  needs: (name: string) => readonly string[],
): string[] | undefined {
  const from = new Map<string, string | undefined>([[start, undefined]])
  for (const name of from.keys())
    for (const needed of needs(name)) {
      if (needed === start) {
        const way: string[] = []
        for (let at: string | undefined = name; at !== undefined; at = from.get(at)) way.unshift(at)
        return way
      }
      if (!from.has(needed)) from.set(needed, name)
    }
  return undefined
}

/** All that can be reached from some names, without themselves unless they are in a circle. */
export function reach(names: Iterable<string>, next: (name: string) => readonly string[]) {
  const found = new Set<string>()
  const todo = [...names]
  for (let name = todo.pop(); name !== undefined; name = todo.pop())
    for (const other of next(name))
      if (!found.has(other)) {
        found.add(other)
        todo.push(other)
      }
  return found
}
