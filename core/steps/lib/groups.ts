// Groups of rows by the values of some columns: learned once, then found again for each row by number.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import type {Frame} from '../../onnx/frame.ts'
import type {Tensor} from '../../onnx/graph.ts'
import type {Column} from '../../schema/table.ts'
import {says} from '../../words/says.ts'
import {codeOf, codesIn, textOf} from './categories.ts'

/** The distinct values of each grouping column. A group's number counts through their combinations. */
export type Keys = (string[] | number[])[]

const most = {groups: 100_000, numbers: 1000}

/** A grouping column as text or DOUBLE; infinite numbers belong to no group. */
export const keyOf = ({name, kind}: Column): Sql =>
  kind === 'category'
    ? textOf(name)
    : sql`case when isfinite(${id(name)}::double) then ${id(name)}::double end`

/** Keys from the groups found. @throws AppError `bad-data` where there are too many */
export function keysOf(found: readonly (string | number)[][], by: readonly string[]): Keys {
  const keys = by.map((name, i) => {
    const values = [...new Set(found.map(group => group[i]!))]
    // A number is looked up by comparing it with each.
    if (typeof values[0] === 'number' && values.length > most.numbers)
      throw new AppError(
        'bad-data',
        says`"${name}" makes ${values.length} groups, more than ${most.numbers} numbers can`,
        {hint: says`a bin step makes ranges of them`},
      )
    return values.sort((a, b) => (a < b ? -1 : 1)) as string[] | number[]
  })
  if (groupCount(keys) > most.groups)
    throw new AppError(
      'bad-data',
      says`${by.map(name => `"${name}"`).join(' × ')} makes ${groupCount(keys)} groups, more than ${most.groups}`,
      {hint: says`group by fewer columns, or by ones with fewer values`},
    )
  return keys
}

export const groupCount = (keys: Keys) => keys.reduce((n, values) => n * values.length, 1)

/** Tells the number of the group with some values. */
export function numbering(keys: Keys): (group: readonly (string | number)[]) => number {
  const places = keys.map(values => new Map<unknown, number>(values.map((v, i) => [v, i])))
  return group => places.reduce((n, place, i) => n * place.size + place.get(group[i])!, 0)
}

/** The group's number of each row, from 0; null where a value is missing or was not seen. */
export function groupIn(rows: Relation, by: readonly string[], keys: Keys): Sql {
  const codes = by.map((name, i) => {
    const column = rows.columns.find(c => c.name === name)!
    const values = keys[i]!
    if (values.length === 0) return sql`null::integer`
    return column.kind === 'category'
      ? codeOf(textOf(name), values as string[])
      : sql`(list_position([${join(values.map(v => sql`${v}::double`))}], ${id(name)}::double) - 1)`
  })
  return codes.reduce((n, code, i) => sql`(${n} * ${keys[i]!.length} + ${code})`)
}

/** The same in a graph, as int64 [rows, 1]; `groupCount` where a value is missing or was not seen. */
export function groupInGraph(frame: Frame, by: readonly string[], keys: Keys): Tensor {
  const {graph} = frame
  const int = (n: number) => graph.constant('int64', n)
  let group: Tensor | undefined
  let known: Tensor | undefined
  for (const [i, name] of by.entries()) {
    const code = codeInGraph(frame, name, keys[i]!)
    const seen = graph.op('Less', [code, int(keys[i]!.length)])
    known = known ? graph.op('And', [known, seen]) : seen
    group = group ? graph.op('Add', [graph.op('Mul', [group, int(keys[i]!.length)]), code]) : code
  }
  return graph.op('Where', [known, group, int(groupCount(keys))])
}

function codeInGraph(frame: Frame, name: string, values: string[] | number[]): Tensor {
  const {graph} = frame
  if (frame.kind(name) === 'category') return codesIn(frame, name, values as string[])
  const x = frame.get(name)
  if (values.length === 0)
    // No group at all: 0 is then the number of the rows without one.
    return graph.cast(graph.op('IsNaN', [graph.op('Sub', [x, x])]), 'int64')
  const equal = graph.op('Equal', [
    x,
    graph.constant('float64', values as number[], [1, values.length]),
  ])
  const hits = graph.cast(equal, 'float32')
  return graph.op('Where', [
    graph.cast(graph.op('ReduceMax', [hits, graph.constant('int64', [1])]), 'bool'),
    graph.op('ArgMax', [hits], {axis: 1}),
    graph.constant('int64', values.length),
  ])
}
