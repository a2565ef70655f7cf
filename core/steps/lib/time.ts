// Date columns of every type as timestamps without a zone, and as whole microseconds in a graph.
import {id, type Sql, sql} from '../../data/sql.ts'
import type {Graph, Tensor} from '../../onnx/graph.ts'
import type {Column} from '../../schema/table.ts'

/** True of a time without a date. */
export const isTimeOfDay = ({type}: Column) => /^TIME(_NS| WITH TIME ZONE)?$/.test(type)

/**
 * A date column as a TIMESTAMP in UTC, a time of day on 1970-01-01; null where it is infinite. Rounded as a
 * graph rounds it, which has its microseconds as a double: exact until 2255, to 32 µs in the year 9999.
 */
export function timestampOf({name, type}: Column): Sql {
  const column = id(name)
  if (isTimeOfDay({name, type, kind: 'date'})) return sql`(date '1970-01-01' + ${column}::time)`
  const utc = type === 'TIMESTAMP WITH TIME ZONE' ? sql`timezone('UTC', ${column})` : column
  const finite = sql`(case when isfinite(${column}) then ${utc}::timestamp end)`
  return type === 'DATE' ? finite : sql`make_timestamp(epoch_us(${finite})::double::bigint)`
}

/** A date column of a graph as int64 microseconds since 1970, and where it is missing or infinite. */
export function microseconds(graph: Graph, x: Tensor): {at: Tensor; missing: Tensor} {
  const missing = graph.op('Or', [graph.op('IsNaN', [x]), graph.op('IsInf', [x])])
  const zero = graph.constant('float64', [0])
  return {at: graph.cast(graph.op('Where', [missing, zero, x]), 'int64'), missing}
}
