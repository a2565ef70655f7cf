// What a filter and a sort may name, and how each is compared.
import {id, type Sql, sql} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import type {RunNames} from '../schema/history.ts'
import {says} from '../words/says.ts'
import type {Name} from './filter.ts'
import {fields as columns} from './row.ts'

/** `any`: a parameter, a number in one run and text in another. */
export type Field = {sql: Sql; type: 'number' | 'text' | 'time' | 'flag' | 'list' | 'any'}

const types: Record<string, Field['type']> = {
  VARCHAR: 'text',
  INTEGER: 'number',
  DOUBLE: 'number',
  TIMESTAMP: 'time',
  BOOLEAN: 'flag',
  'VARCHAR[]': 'list',
}

/** Throws `unknown-name`, with the nearest known one. */
export function field({path, at}: Name, names: RunNames): Field {
  const [first, ...rest] = path as [string, ...string[]]
  const name = rest.join('.')
  if ((first === 'metrics' || first === 'params') && name !== '') {
    // Before there is any run, no name can be known to be wrong.
    const known = names[first]
    if (known.length > 0 && !known.includes(name))
      throw unknown(
        path,
        at,
        known.map(k => `${first}.${k}`),
      )
    return first === 'metrics'
      ? // NaN is greater than any number to DuckDB; here it is missing.
        {sql: sql`nullif(metrics[${name}], 'nan'::double)`, type: 'number'}
      : {sql: sql`params[${name}]`, type: 'any'}
  }
  const type =
    rest.length === 0 && Object.hasOwn(columns, first) ? types[columns[first as 'id']] : undefined
  if (type) return {sql: id(first), type}
  throw unknown(path, at, [
    ...Object.keys(columns),
    ...names.metrics.map(k => `metrics.${k}`),
    ...names.params.map(k => `params.${k}`),
  ])
}

function unknown(path: string[], at: number, known: string[]) {
  const name = path.join('.')
  // `f1` for `metrics.f1` is the likeliest slip.
  const fuller = known.find(k => k === `metrics.${name}` || k === `params.${name}`)
  return new AppError('unknown-name', says`no run has "${name}"`, {
    hint: fuller ? says`did you mean "${fuller}"?` : didYouMean(name, known),
    where: says`filter, column ${String(at + 1)}`,
  })
}
