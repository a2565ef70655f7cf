// Cells on the clipboard: as Markdown for everybody, and as data for another canvas.

import type {CellBlock} from '../../core/schema/live.ts'
import {type Edit, editSchema} from '../../core/schema/live.ts'
import type {Graph} from './graph.ts'
import {freeName, namesOf} from './new-cell.ts'

const format = 'application/x-bancada-cells'
type Copied = Pick<CellBlock, 'name' | 'language' | 'kind' | 'from' | 'body'>

export function putCells(clipboard: DataTransfer, cells: readonly CellBlock[]): void {
  const copied = cells.map(
    ({name, language, kind, from, body}): Copied => ({name, language, kind, from, body}),
  )
  clipboard.setData(format, JSON.stringify(copied))
  clipboard.setData('text/plain', copied.map(asMarkdown).join('\n'))
}

function asMarkdown({name, language, kind, from, body}: Copied): string {
  const runs = [...body.matchAll(/^\s*(`{3,})/gm)].map(([, marks]) => marks!.length + 1)
  const fence = '`'.repeat(Math.max(3, ...runs))
  const head = [
    `${language} cell=${name}`,
    ...(language === 'yaml' ? [`kind=${kind}`] : []),
    ...(from.length > 0 ? [`from=${from.join(',')}`] : []),
  ]
  return `${fence}${head.join(' ')}\n${body}${body === '' || body.endsWith('\n') ? '' : '\n'}${fence}\n`
}

/**
 * The edit that adds what is on the clipboard after a cell or at the end, with the names that the copies get;
 * nothing where no cells are there. Copies take from each other as the originals did.
 */
export function pasteEdit(
  clipboard: DataTransfer,
  graph: Graph,
  after: string | undefined,
): {edit: Edit; names: string[]} | undefined {
  const cells = readCells(clipboard.getData(format))
  if (!cells) return undefined
  const taken = namesOf(graph)
  const renamed = new Map<string, string>()
  for (const {name} of cells) {
    const made = freeName(taken, name)
    taken.push(made)
    renamed.set(name, made)
  }
  let last = after
  const edits = cells.map(({name, language, kind, from, body}) => {
    const made = renamed.get(name)!
    const where = last === undefined ? ('end' as const) : {after: last}
    last = made
    return {
      do: 'insert' as const,
      where,
      language,
      name: made,
      body,
      ...(language === 'yaml' && {kind, from: from.map(reference => follow(reference, renamed))}),
    }
  })
  const checked = editSchema.safeParse({do: 'all', edits})
  return checked.success ? {edit: checked.data, names: [...renamed.values()]} : undefined
}

function follow(reference: string, renamed: ReadonlyMap<string, string>): string {
  const [name = '', ...part] = reference.split('.')
  return [renamed.get(name) ?? name, ...part].join('.')
}

/** What another window, or another program, may have put there. */
function readCells(text: string): Copied[] | undefined {
  if (text === '') return undefined
  try {
    const cells: unknown = JSON.parse(text)
    if (!Array.isArray(cells) || cells.length === 0) return undefined
    return cells.every(
      cell =>
        typeof cell?.name === 'string' && Array.isArray(cell.from) && typeof cell.body === 'string',
    )
      ? (cells as Copied[])
      : undefined
  } catch {
    return undefined
  }
}
