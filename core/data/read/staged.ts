// What every reader hands on: rows as they stand in the file, before types are decided.
import type {Sql} from '../sql.ts'
import type {Conventions} from './casts.ts'
import type {Rejects} from './rejects.ts'

export type StagedColumn = {
  /** Its name in the staged query. */
  id: string
  /** Its name in the table. */
  name: string
  /** DuckDB's type in the staged query. */
  type: string
  /** Values to propose a type from, where it is text whose type is to be found. */
  sample?: readonly string[]
  /** No text of it is empty: what was empty in the file is null already. */
  emptyIsNull?: boolean
  /** Only dates are looked for in it: a format with types of its own says what is a number. */
  datesOnly?: boolean
}

/** Name of the column that holds the place of a row in its file, and of the one with the file's name. */
export const lineColumn = '__line'
export const fileColumn = '__file'

export type Staged = {
  query: Sql
  columns: StagedColumn[]
  /** True where the query has `lineColumn` and `fileColumn`. */
  located: boolean
  /** The same with places, at some cost: asked for when a value does not fit the type that the user gave. */
  locate?: () => Promise<Staged>
  /** The query reads the project's own files, which need no copy. */
  inPlace?: boolean
  conventions: Conventions
  rejects: Rejects
  notes: string[]
}
