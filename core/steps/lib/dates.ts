// Dates and times as graphs hold them: microseconds since 1970 (of times: since midnight), UTC.
import {raw, type Sql, sql} from '../../data/sql.ts'

/** Microseconds as a value of a DuckDB date or time type. */
export function fromMicros(type: string, micros: number): Sql {
  const us = sql`${micros}::double::bigint`
  if (type.startsWith('TIME') && !type.startsWith('TIMESTAMP'))
    return sql`(time '00:00:00' + to_microseconds(${us}))::${raw(type)}`
  if (type === 'TIMESTAMP WITH TIME ZONE') return sql`make_timestamptz(${us})`
  return sql`make_timestamp(${us})::${raw(type)}`
}
