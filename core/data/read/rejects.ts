// Rows that cannot be read: kept with their place, the reason and their text, and counted.

import {once} from 'node:events'
import {createWriteStream, type WriteStream} from 'node:fs'
import {finished} from 'node:stream/promises'
import {raw, type Sql, sql} from '../sql.ts'
import {literalPath} from './files.ts'

/** `line` counts from 1: the line of a text file, the row of a sheet, the record of JSON or Parquet. */
export type Reject = {
  file: string
  /** Null where it is the file as a whole that cannot be read. */
  line: number | null
  /** Null where it is the row as a whole that cannot be read. */
  column: string | null
  reason: string
  text: string
}

/** Longer texts are cut: a reject is there to be found and understood. */
export const longestText = 4000

/** Collects rejects in a file, so that a million of them need no memory. */
export class Rejects {
  readonly path: string
  count = 0
  #out: WriteStream | undefined

  constructor(path: string) {
    this.path = path
  }

  async add({text, ...rest}: Reject) {
    this.count++
    this.#out ??= createWriteStream(this.path)
    const line = JSON.stringify({...rest, text: text.slice(0, longestText)})
    if (!this.#out.write(`${line}\n`)) await once(this.#out, 'drain')
  }

  async close() {
    if (!this.#out) return
    this.#out.end()
    await finished(this.#out)
  }

  /** The rows of the rejects table, once closed; undefined when there are none. */
  get query(): Sql | undefined {
    return this.count === 0
      ? undefined
      : sql`select * from read_json(${literalPath(this.path)}, format = 'newline_delimited', columns = ${rejectTypes})`
  }
}

const rejectTypes = raw(
  `{file: 'VARCHAR', line: 'BIGINT', "column": 'VARCHAR', reason: 'VARCHAR', text: 'VARCHAR'}`,
)
