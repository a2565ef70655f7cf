// Where the pieces of a YAML text begin and end, and how a value is written.
import {Document, isCollection, isMap, isPair, isScalar, isSeq, type Node} from 'yaml'

/** What stands before the first entry of a block, if it is only blanks. */
export function indentOf(text: string, {items}: {items: unknown[]}): string | undefined {
  const first = items[0]
  if (isPair(first)) {
    const start = (first.key as Node | null)?.range?.[0]
    if (start === undefined) return undefined
    const indent = text.slice(lineStart(text, start), start)
    return indent.trim() === '' ? indent : undefined
  }
  const start = (first as Node | undefined)?.range?.[0]
  if (start === undefined) return undefined
  return /^([ \t]*)-[ \t]+$/.exec(text.slice(lineStart(text, start), start))?.[1]
}

/** Where the line after an entry begins. */
export function after(text: string, entry: unknown): number | undefined {
  const node = isPair(entry) ? (entry.value ?? entry.key) : entry
  const range = (node as Node | null)?.range
  if (!range) return undefined
  const end = range[1]
  if (end > 0 && isBlock(text, node as Node) && /[\r\n]/.test(text[end - 1]!)) return end
  const line = /[^\r\n]*(\r\n|\n|\r|$)/y
  line.lastIndex = end
  line.exec(text)
  return line.lastIndex
}

export const isBlock = (text: string, node: Node) =>
  (isCollection(node) && !node.flow) ||
  (isScalar(node) &&
    /^[|>]/.test(text.slice(node.range?.[0] ?? 0)) &&
    /BLOCK/.test(node.type ?? ''))

export const lineStart = (text: string, at: number) =>
  Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1

/** A value that fits on a line: no text of several lines. */
export const isPlain = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(item => isPlain(item) && (typeof item !== 'object' || item === null))
    : typeof value === 'string'
      ? !/[\r\n]/.test(value)
      : typeof value !== 'object' || value === null

export function inline(value: unknown): string {
  const doc = new Document(value)
  if (isCollection(doc.contents)) doc.contents.flow = true
  // A text of several lines stands in double quotes here.
  return doc.toString({lineWidth: 0, flowCollectionPadding: false, blockQuote: false}).trimEnd()
}

/** `key: value` with its line end; short lists in brackets, maps on lines of their own. */
export function entry(key: string | number, value: unknown, indent: string, eol: string): string {
  const doc = new Document({[key]: value})
  const style = (node: unknown) => {
    if (isSeq(node) && node.items.every(isScalar)) node.flow = true
    if (isMap(node)) for (const {value: inner} of node.items) style(inner)
  }
  style(doc.contents)
  const text = doc.toString({lineWidth: 0, flowCollectionPadding: false})
  return text.replace(/^(?=.)/gm, indent).replaceAll('\n', eol)
}
