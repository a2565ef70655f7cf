// What must be known of a SQL text beside DuckDB's parser: offsets, quoting, and where a PIVOT lists values.

/** DuckDB reads Unicode blanks as blanks, and counts them as one byte; so they are made one here. */
export const plainSpaces = (text: string) => text.replace(/[\u00a0\u2000-\u200b\u202f\u205f]/g, ' ')

/** From DuckDB's offsets, in bytes of UTF-8, to JavaScript's, in UTF-16 units. */
export function byteOffsets(text: string): (bytes: number) => number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the question
  if (/^[\x00-\x7f]*$/.test(text)) return bytes => Math.min(bytes, text.length)
  const units = new Uint32Array(Buffer.byteLength(text) + 1)
  let at = 0
  let unit = 0
  for (const char of text) {
    units.fill(unit, at, at + Buffer.byteLength(char))
    at += Buffer.byteLength(char)
    unit += char.length
  }
  units[at] = unit
  return bytes => units[Math.min(bytes, at)]!
}

/** The same text with every comment, string and quoted name blanked out, at the same offsets. */
export const skeleton = (text: string) =>
  text.replace(
    /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$/g,
    found => (found.startsWith('-') || found.startsWith('/') ? ' ' : '_').repeat(found.length),
  )

export const hasPivot = (text: string) => /\b(pivot|pivot_wider)\b/i.test(skeleton(text))

export type Listed = {text: string; toOriginal: (at: number) => number}

/** Gives every `on` of a PIVOT that lists no values a list: `pivot a on b` → `pivot a on b in (0)`. */
export function listPivots(text: string): Listed {
  const bare = skeleton(text)
  const inserts: number[] = []
  for (const {index} of bare.matchAll(/\b(?:pivot|pivot_wider)\b/gi)) {
    const on = findAtDepth(bare, index, /\bon\b/iy)
    if (on === undefined) continue
    for (let at = on; at < bare.length; ) {
      const end = findAtDepth(
        bare,
        at,
        /,|;|\b(?:using|group|order|limit|offset|union|except|intersect)\b/iy,
      )
      const stop = end ?? closing(bare, at)
      const element = bare.slice(at, stop)
      if (!/\bin\b/i.test(element)) inserts.push(at + element.trimEnd().length)
      if (end === undefined || bare[end] !== ',') break
      at = end + 1
    }
  }
  const list = ' in (0)'
  let made = ''
  let from = 0
  for (const at of inserts) {
    made += text.slice(from, at) + list
    from = at
  }
  const toOriginal = (at: number) =>
    at - list.length * inserts.filter((place, i) => place + i * list.length < at).length
  return {text: made + text.slice(from), toOriginal}
}

/** The end of the first match of a sticky pattern outside deeper parentheses; a list's `,` itself. */
function findAtDepth(text: string, from: number, pattern: RegExp): number | undefined {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')') {
      if (--depth < 0) return undefined
    } else if (depth === 0 && !/\w/.test(text[at - 1] ?? ' ')) {
      pattern.lastIndex = at
      const found = pattern.exec(text)
      if (found) return found[0].toLowerCase() === 'on' ? at + 2 : at
    } else if (depth === 0 && (text[at] === ',' || text[at] === ';')) {
      pattern.lastIndex = at
      if (pattern.test(text)) return at
    }
  }
  return undefined
}

/** Where the parenthesis closes that `from` is in, or the end. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth < 0) return at
  }
  return text.length
}

// A file stands in single quotes where a table would.
const identifier =
  /"((?:[^"]|"")*)"|'((?:[^']|'')*)'|[\p{L}_\u0080-\u{10ffff}][\p{L}\p{N}\p{M}_$\u0080-\u{10ffff}]*/uy

/** The name that stands at an offset, and how it is written. */
export function nameAt(text: string, at: number) {
  identifier.lastIndex = at
  const found = identifier.exec(text)
  if (!found) return undefined
  const [all, double, single] = found
  const name = double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? all
  return {name, quoted: name !== all, start: at, end: at + all.length}
}
