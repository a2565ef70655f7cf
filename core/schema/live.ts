// An open document as a client holds it: told whole once, then by what changed.
import {z} from 'zod'
import type {Fault} from '../error.ts'
import type {Language, Problem} from './notebook.ts'
import type {CellEvent, CellStatus} from './result.ts'

/** What the document is made of, in order. An `id` stays the same while the block does, whatever changes around it. */
export type Block = CellBlock | TextBlock

export type CellBlock = {
  type: 'cell'
  /** The cell's name; with `#2` … where the document has several of one name. */
  id: string
  name: string
  language: Language
  kind: string
  /** What `from=` names. */
  from: string[]
  body: string
  /** What the YAML of a cell with a form says, where it can be read. */
  params?: Record<string, unknown>
}

/** The Markdown between two cells. Its `id` is that of the cell before it with a `¶`; alone a `¶` at the start. */
export type TextBlock = {type: 'text'; id: string; text: string}

/** `parts.train` → `filled`: `{from: 'parts', part: 'train', to: 'filled'}`. */
export type LiveEdge = {from: string; part?: string; to: string}

/** One point of a learning curve, as it is told while a cell trains. */
export type LivePoint = {epoch: number; metrics: Record<string, number>}

export type DocumentEvent =
  | {
      type: 'blocks'
      /** Counts the texts that the document has had since it was opened. */
      revision: number
      /** Ids of all blocks, in order; left out where no block came, went or moved. */
      order?: string[]
      /** The blocks that are new or different. */
      changed: Block[]
      /** Places on the canvas by cell; a cell that is not named is laid out automatically. */
      layout: Record<string, [x: number, y: number]>
      /** What undo would take back, and redo do again; left out where there is nothing. */
      undo?: EditKind
      redo?: EditKind
      /** It may be looked at only: a newer Bancada wrote it, or the disk takes no changes. */
      readOnly: boolean
      /** The file was changed by another program. */
      outside?: boolean
    }
  | {
      type: 'status'
      /** Those that are new or different; `gone` no longer are. */
      cells: CellStatus[]
      gone: string[]
      edges: LiveEdge[]
      problems: Problem[]
    }
  /** What happens to a cell while the document runs. */
  | {type: 'cell'; event: CellEvent}
  /** Points of a cell's learning curve: all so far (`from` 0), or those after the first `from`. */
  | {type: 'curve'; cell: string; from: number; points: LivePoint[]}
  /** Whether the document runs. `fault`: why the last run could not begin, or broke off as a whole. */
  | {type: 'running'; on: boolean; fault?: Fault}
  /** The file is no longer there. The text is kept, and comes back with the next edit; `blocks` tells that it is back. */
  | {type: 'missing'}

const which = z.string().describe('id of a block')
const where = z.union([
  z.strictObject({after: which}),
  z.strictObject({before: which}),
  z.literal('end'),
])
const cell = {cell: which}

const single = z.discriminatedUnion('do', [
  z.strictObject({do: z.literal('body'), ...cell, body: z.string()}),
  z.strictObject({
    do: z.literal('param'),
    ...cell,
    path: z.array(z.union([z.string(), z.number()])).min(1),
    /** Left out: the parameter is taken out. */
    value: z.unknown().optional(),
  }),
  z.strictObject({do: z.literal('from'), ...cell, from: z.array(z.string())}),
  z.strictObject({do: z.literal('kind'), ...cell, kind: z.string()}),
  z.strictObject({do: z.literal('rename'), ...cell, name: z.string()}),
  /** The cells below that took what this one takes now take what it gives. */
  z.strictObject({do: z.literal('weave'), ...cell}),
  /** A text block by its id; empty text takes it out. A text where none is yet is inserted. */
  z.strictObject({do: z.literal('text'), text: z.string(), id: which}),
  z.strictObject({
    do: z.literal('insert'),
    where,
    language: z.enum(['sql', 'ts', 'yaml']),
    kind: z.string().optional(),
    /** Made free by a number where it is taken; told by the answer. */
    name: z.string(),
    from: z.array(z.string()).optional(),
    body: z.string().optional(),
  }),
  z.strictObject({do: z.literal('insert-text'), where, text: z.string()}),
  z.strictObject({do: z.literal('move'), ...cell, where}),
  z.strictObject({do: z.literal('duplicate'), ...cell}),
  z.strictObject({do: z.literal('delete'), cells: z.array(which).min(1)}),
  z.strictObject({
    do: z.literal('layout'),
    places: z.record(z.string(), z.tuple([z.number(), z.number()]).nullable()),
  }),
])

export const editSchema = z.discriminatedUnion('do', [
  ...single.options,
  /** Several at once, undone at once; all or none. */
  z.strictObject({do: z.literal('all'), edits: z.array(single).min(1)}),
])
export type Edit = z.output<typeof editSchema>
export type EditKind = Edit['do'] | 'outside'

/** `made`: the name of the cell that an insert or a duplicate added. */
export type Edited = {revision: number; made?: string}
