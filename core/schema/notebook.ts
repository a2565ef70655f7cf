// The document as data: text and cells in the order of the file, with where each stands in it.
import type {Fault} from '../error.ts'

/** A place in the file: offsets in UTF-16 units, line and column of its start from 1. */
export type Span = {start: number; end: number; line: number; column: number}

/** The languages that a cell's fence may have. */
export const languages = ['sql', 'ts', 'yaml'] as const
export type Language = (typeof languages)[number]

/** The version of the document's form that this Bancada writes: `bancada: 1` in the front matter. */
export const documentVersion = 1

export type Cell = {
  name: string
  language: Language
  /** `sql` and `ts` for cells in those languages; else the step, model … that `kind=` names. */
  kind: string
  /**
   * What `from=` names, in order: cells, or a part of a split as `parts.train`. Those of `sql` and `ts`
   * cells are found in their text instead.
   */
  from: string[]
  /** Attributes of the info string that Bancada does not know; kept as they are. */
  extra: Record<string, string>
  /** The text between the fences, each line with its line end; exactly `source` at `bodySpan`. */
  body: string
  /** The whole cell, fences included, without the line end after it. */
  span: Span
  /** From the start of the line below the opening fence to the start of the closing one. */
  bodySpan: Span
  /** What stands on the opening line after the fence's marks; exactly `source` at `infoSpan`. */
  info: string
  infoSpan: Span
  /** The marks of the opening fence: three or more backticks or tildes. */
  fence: string
  /** Whether a closing fence was found; one without goes on to the end of the file. */
  closed: boolean
}

/** What stands between two cells, without the blank lines around it. */
export type TextCell = {text: string; span: Span}

export type Notebook = {
  /** The name that errors give. */
  file: string
  /** The file's text, byte for byte. Everything else here is read from it. */
  source: string
  frontMatter: Record<string, unknown>
  /** The YAML between the two `---` lines; absent where the file has no front matter. */
  frontMatterSpan?: Span
  cells: Cell[]
  text: TextCell[]
  /** Why the document may be looked at and not edited. */
  readOnly?: 'too-new'
}

/** Something wrong in a document. `where` is `file:line:column`. */
export type Problem = Fault & {
  /** The cell that it stands on, where it is on one. */
  cell?: string
}
