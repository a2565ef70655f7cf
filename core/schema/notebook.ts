// The document as data: text and cells in the order of the file, with where each stands in it.

/** A place in the file: offsets in UTF-16 units, lines and columns from 1. */
export type Span = {start: number; end: number; line: number; column: number}

/** The languages that a cell's fence may have. */
export const languages = ['sql', 'ts', 'yaml'] as const
export type Language = (typeof languages)[number]

export type Cell = {
  name: string
  language: Language
  /** `sql` and `ts` for cells in those languages; else the step, model … that `kind=` names. */
  kind: string
  /** The names in `from=`, in order. Those of `sql` and `ts` cells are found in their text instead. */
  from: string[]
  /** Attributes of the info string that Bancada does not know; kept as they are. */
  extra: Record<string, string>
  /** The text between the fences. */
  body: string
  /** The whole cell, fences included, without the line end after it. */
  span: Span
  /** The text between the fences. */
  bodySpan: Span
}

export type TextCell = {text: string; span: Span}

export type Notebook = {
  /** The file's text, byte for byte. Everything else here is read from it. */
  source: string
  frontMatter: Record<string, unknown>
  cells: Cell[]
  text: TextCell[]
}
