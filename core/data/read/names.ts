// Column names as a table can have them: none empty, no two alike.
import {type Said, says} from '../../words/says.ts'

/**
 * Names made usable, the same for the same file each time. DuckDB does not tell `Age` from `age`, so those
 * count as alike. `notes` says what was changed.
 */
export function columnNames(written: readonly string[]): {names: string[]; notes: Said[]} {
  const notes: Said[] = []
  const trimmed = written.map(name => name.replaceAll('\0', '').trim())
  // A name that stands in the file wins over one that is made here.
  const reserved = new Set(trimmed.map(fold))
  const taken = new Set<string>()
  const last = new Map<string, number>()
  const names = trimmed.map((name, i) => {
    const free = (base: string, from: number) => {
      for (let n = Math.max(from, (last.get(fold(base)) ?? 0) + 1); ; n++) {
        const candidate = fold(`${base}_${n}`)
        if (taken.has(candidate) || reserved.has(candidate)) continue
        last.set(fold(base), n)
        return `${base}_${n}`
      }
    }
    let made = name
    if (name === '') {
      made = free('column', i + 1)
      notes.push(says`column ${i + 1} has no name and is called "${made}"`.said)
    } else if (taken.has(fold(name))) {
      made = free(name, 2)
      notes.push(says`a second column "${name}" (column ${i + 1}) is called "${made}"`.said)
    }
    taken.add(fold(made))
    return made
  })
  return {names, notes: summary(notes)}
}

const fold = (name: string) => name.toLowerCase()

const summary = (notes: Said[]) =>
  notes.length <= 10
    ? notes
    : [...notes.slice(0, 10), says`… and ${notes.length - 10} more column names`.said]
