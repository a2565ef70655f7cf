// Changing one value in a YAML text so that comments, order and all other lines stay as they are.
import {isDeepStrictEqual} from 'node:util'
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import {AppError} from '../error.ts'
import {says} from '../words/says.ts'
import {applySplices, type Splice} from './splice.ts'
import {isMap as isPlainData} from './yaml.ts'
import {after, entry, indentOf, inline, isBlock, isPlain, lineStart} from './yaml-text.ts'

type Path = readonly (string | number)[]
type Options = {
  eol?: string
  /** For errors: whose YAML it is. */
  where?: string
}

/**
 * Sets the value at a path; `undefined` takes it out. Maps on the way are made. The value's own text is
 * replaced in place; where that cannot be done safely, the whole text is written anew by the YAML library,
 * which keeps comments and order too.
 *
 * @throws AppError `bad-params` where the text cannot be read
 */
export function setYaml(text: string, path: Path, value: unknown, options: Options = {}): string {
  const {eol = '\n', where} = options
  const doc = read(text)
  const before = plainOf(doc)
  if ('trouble' in before)
    throw new AppError('bad-params', says`the YAML cannot be read: ${before.trouble}`, {
      hint: says`mend it in the text first`,
      where,
    })
  // A clone has plain prototypes, as what is read from YAML has.
  const wanted = setPlain(before.value ?? {}, path, structuredClone(value))
  if (isDeepStrictEqual(before.value ?? {}, wanted)) return text
  const means = (made: string | undefined): made is string => {
    const after = made === undefined ? undefined : plainOf(read(made))
    return after !== undefined && 'value' in after && isDeepStrictEqual(after.value ?? {}, wanted)
  }
  const spliced = inPlace(text, doc, path, value, eol)
  if (means(spliced)) return spliced
  const rewritten = rewrite(doc, path, value)?.replace(/\r\n?|\n/g, eol)
  if (means(rewritten)) return rewritten
  throw new AppError('bad-params', says`"${path.join('.')}" cannot be set here`, {
    hint: says`change it in the text`,
    where,
  })
}

/** The text's data, or why it has none: an error, or an alias without its anchor. */
function plainOf(doc: Document.Parsed): {value: unknown} | {trouble: string} {
  try {
    if (doc.errors[0]) throw doc.errors[0]
    return {value: doc.toJS({maxAliasCount: 100})}
  } catch (error) {
    return {trouble: (error as Error).message.split('\n')[0]!}
  }
}

/** Written anew by the library; nothing where what is taken out is needed elsewhere. */
function rewrite(doc: Document.Parsed, path: Path, value: unknown): string | undefined {
  try {
    if (value === undefined) doc.deleteIn(path)
    else doc.setIn(path, doc.createNode(value))
    return doc.toString({lineWidth: 0, flowCollectionPadding: false})
  } catch {
    return undefined
  }
}

const read = (text: string) => parseDocument(text, {keepSourceTokens: true, prettyErrors: false})

/** The plain data with the value set, without touching the given. */
function setPlain(data: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(data) && typeof key === 'number') {
    if (value === undefined && rest.length === 0) return data.filter((_, i) => i !== key)
    return Object.assign([...data], {[key]: setPlain(data[key], rest, value)})
  }
  const map = isPlainData(data) ? {...data} : {}
  if (value === undefined && !Object.hasOwn(map, key)) return data
  if (rest.length > 0) map[key] = setPlain(map[key], rest, value)
  else if (value === undefined) delete map[key]
  else map[key] = value
  return map
}

/** The text changed in place, or nothing where there is no simple place. */
function inPlace(
  text: string,
  doc: Document.Parsed,
  path: Path,
  value: unknown,
  eol: string,
): string | undefined {
  const splices = edits({text, eol}, doc.contents, path, value)
  return splices && applySplices(text, splices)
}

type Text = {text: string; eol: string}

function edits(from: Text, node: unknown, path: Path, value: unknown): Splice[] | undefined {
  const [key, ...rest] = path
  if (node === null && key !== undefined) {
    // Nothing but comments: the first key goes below them.
    const {text, eol} = from
    const gap = text === '' || /[\r\n]$/.test(text) ? '' : eol
    return [
      {start: text.length, end: text.length, text: gap + entry(key, nested(rest, value), '', eol)},
    ]
  }
  if (isMap(node) && !node.flow) return mapEdits(from, node, String(key), rest, value)
  if (isSeq(node) && !node.flow && typeof key === 'number')
    return seqEdits(from, node, key, rest, value)
  if (isCollection(node) && node.range) {
    if (from.text.slice(node.range[0], node.range[1]).includes('#')) return undefined
    const plain = setPlain(node.toJSON(), path, value)
    return [{start: node.range[0], end: node.range[1], text: inline(plain)}]
  }
  return undefined
}

function mapEdits(from: Text, map: YAMLMap, key: string, rest: Path, value: unknown) {
  const {text, eol} = from
  const pair = map.items.find(item => isScalar(item.key) && String(item.key.value) === key)
  const indent = indentOf(text, map)
  if (indent === undefined) return undefined
  if (!pair) {
    if (value === undefined) return []
    const at = after(text, map.items.at(-1))
    if (at === undefined) return undefined
    const gap = at > 0 && !/[\r\n]/.test(text[at - 1]!) ? eol : ''
    return [{start: at, end: at, text: gap + entry(key, nested(rest, value), indent, eol)}]
  }
  if (rest.length > 0 && isCollection(pair.value)) return edits(from, pair.value, rest, value)
  if (value === undefined && rest.length === 0) return takeOut(text, map, pair)
  return replace(from, pair, rest.length ? nested(rest, value) : value, indent)
}

function seqEdits(from: Text, seq: YAMLSeq, index: number, rest: Path, value: unknown) {
  const {text, eol} = from
  const item = seq.items[index]
  if (item === undefined && index === seq.items.length && value !== undefined) {
    const indent = indentOf(text, seq)
    const at = after(text, seq.items.at(-1))
    if (indent === undefined || at === undefined) return undefined
    const gap = at > 0 && !/[\r\n]/.test(text[at - 1]!) ? eol : ''
    return [{start: at, end: at, text: `${gap}${indent}- ${inline(nested(rest, value))}${eol}`}]
  }
  if (rest.length > 0) return edits(from, item, rest, value)
  if (value === undefined || !isScalar(item) || !isPlain(value) || !item.range) return undefined
  return [{start: item.range[0], end: item.range[1], text: inline(value)}]
}

/** A value put in place of another, after its key. */
function replace(from: Text, pair: Pair, value: unknown, indent: string): Splice[] | undefined {
  const {text, eol} = from
  const old = pair.value as Node | null
  const colon = (pair.srcToken?.sep ?? []).find(token => token.type === 'map-value-ind')
  if (!colon) return undefined
  const list = isSeq(old) && !old.flow && Array.isArray(value) && seqToList(from, old, value)
  if (list) return list
  if (old?.range && !isBlock(text, old) && isPlain(value)) {
    const empty = old.range[0] === old.range[1]
    const start = empty ? colon.offset + 1 : old.range[0]
    return [{start, end: empty ? start : old.range[1], text: (empty ? ' ' : '') + inline(value)}]
  }
  const start = colon.offset + 1
  const end = old?.range?.[1] ?? start
  if (text.slice(start, old?.range?.[0] ?? start).includes('#')) return undefined
  const written = entry('k', value, indent, eol).slice(indent.length + 2)
  // A block ends with its line; anything else leaves the rest of the line, with its comment, alone.
  const endsLine = end > 0 && /[\r\n]/.test(text[end - 1]!)
  return [{start, end, text: endsLine ? written : written.slice(0, -eol.length)}]
}

/** A list written one item a line: items that stay keep their lines. */
function seqToList(from: Text, seq: YAMLSeq, wanted: readonly unknown[]): Splice[] | undefined {
  const {text, eol} = from
  const indent = indentOf(text, seq)
  const items = seq.items as Node[]
  if (indent === undefined || wanted.length === 0) return undefined
  if (!items.every(item => isScalar(item) && item.range && !isBlock(text, item))) return undefined
  if (!wanted.every(isPlain)) return undefined
  const values = items.map(item => item.toJSON() as unknown)
  let head = 0
  while (head < Math.min(items.length, wanted.length) && values[head] === wanted[head]) head++
  let tail = 0
  while (
    tail < Math.min(items.length, wanted.length) - head &&
    values[items.length - 1 - tail] === wanted[wanted.length - 1 - tail]
  )
    tail++
  const start = head < items.length ? lineStart(text, items[head]!.range![0]) : after(text, seq)
  const end = tail + head < items.length ? after(text, items[items.length - 1 - tail]) : start
  if (start === undefined || end === undefined) return undefined
  const gap = start > 0 && !/[\r\n]/.test(text[start - 1]!) ? eol : ''
  const middle = wanted.slice(head, wanted.length - tail)
  const made = middle.map(item => `${indent}- ${inline(item)}${eol}`).join('')
  return [{start, end, text: made === '' ? '' : gap + made}]
}

function takeOut(text: string, map: YAMLMap, pair: Pair): Splice[] | undefined {
  const start = lineStart(text, (pair.key as Node).range![0])
  const end = after(text, pair)
  // The only key of a map inside another leaves a map, not nothing; and `- a: 1` holds a dash.
  if (end === undefined || (map.items.length === 1 && start > 0 && indentOf(text, map) !== ''))
    return undefined
  if (text.slice(start, (pair.key as Node).range![0]).trim() !== '') return undefined
  return [{start, end, text: ''}]
}

const nested = (path: Path, value: unknown): unknown =>
  path.reduceRight((inner, key) => ({[key]: inner}), value)

/** Gives the key at a path another name, in place; nothing happens where it is not there. */
export function renameKey(text: string, path: Path, name: string): string {
  const parent = read(text).getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return text
  const pair = parent.items.find(item => isScalar(item.key) && item.key.value === path.at(-1))
  const range = (pair?.key as Node | undefined)?.range
  return range ? applySplices(text, [{start: range[0], end: range[1], text: inline(name)}]) : text
}
