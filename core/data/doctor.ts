// Whether DuckDB starts on this machine, and with the extensions that Bancada needs.
import {DuckDBInstance} from '@duckdb/node-api'
import type {Finding} from '../doctor.ts'

/** Not by a session: the list of extensions lies outside of every project. */
export async function duckdb(): Promise<Finding[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const settings = await connection.runAndReadAll(
      "select version() as v, current_setting('memory_limit') as m, current_setting('threads') as t",
    )
    const [row] = settings.getRowObjectsJson()
    const list = await connection.runAndReadAll(
      'select extension_name as name from duckdb_extensions() where loaded',
    )
    const loaded = list.getRowObjectsJson().map(e => String(e.name))
    const wanted = ['json', 'parquet', 'icu']
    const missing = wanted.filter(name => !loaded.includes(name))
    return [
      {name: 'DuckDB', state: 'ok', detail: `${row!.v}, memory limit ${row!.m}, ${row!.t} threads`},
      {
        name: 'DuckDB extensions',
        state: missing.length > 0 ? 'broken' : 'ok',
        detail: missing.length > 0 ? `without ${missing.join(', ')}` : wanted.join(', '),
        ...(missing.length > 0
          ? {hint: 'install Bancada again; they belong to DuckDB’s own build'}
          : {}),
      },
    ]
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
