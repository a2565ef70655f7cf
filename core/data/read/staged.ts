// What every reader hands on: rows as they stand in the file, before types are decided.
import type {Said} from '../../words/says.ts'
import type {Sql} from '../sql.ts'
import type {Conventions} from './casts.ts'
import type {Rejects} from './rejects.ts'

export type StagedColumn = {
  /** Its name among the staged columns. */
  id: string
  /** Its name in the table. */
  name: string
  /** DuckDB's type as it is staged. */
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
  /**
   * What stands after FROM to read the rows: a scan where it can be one. DuckDB spends quadratic time on
   * `(select * from …)` of ten thousand columns, even where a query needs one of them.
   */
  from: Sql
  columns: StagedColumn[]
  /** True where there are `lineColumn` and `fileColumn`. */
  located: boolean
  /** The same with places, at some cost: asked for when a value does not fit the type that the user gave. */
  locate?: () => Promise<Staged>
  /** It reads the project's own files, which need no copy. */
  inPlace?: boolean
  conventions: Conventions
  rejects: Rejects
  notes: Said[]
}
