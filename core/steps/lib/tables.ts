// What steps over several tables, and steps that put rows in order, have in common.
import {id, type Relation, raw, type Sql, sql} from '../../data/sql.ts'
import {AppError, didYouMean} from '../../error.ts'
import type {Column, ColumnKind} from '../../schema/table.ts'
import {kindWords} from '../../words/kinds.ts'
import {or, type Phrase, says} from '../../words/says.ts'
import {unusedName} from './layout.ts'

/** A column of a table that the runner does not check, such as the second of a join. */
export function columnOf(table: Relation, name: string, which: Phrase, where: string): Column {
  const found = table.columns.find(c => c.name === name)
  if (found) return found
  const known = table.columns.map(c => c.name)
  const some = known.slice(0, 8).map(n => `"${n}"`)
  throw new AppError('no-column', says`${which} has no column named "${name}"`, {
    hint:
      didYouMean(name, known) ?? says`it has ${some.join(', ') + (known.length > 8 ? ' …' : '')}`,
    where,
  })
}

/** Refuses a column of another kind than is needed. */
export function refuseKind(
  column: Column,
  kinds: readonly ColumnKind[],
  where: string,
  hint: Phrase,
) {
  if (!kinds.includes(column.kind))
    throw new AppError(
      'wrong-type',
      says`"${column.name}" is ${column.type}, not ${or(kinds.map(kind => kindWords[kind]))}`,
      {
        hint,
        where,
      },
    )
}

/** A table with its rows numbered from 1 in their order, as a subquery. */
export function numbered(table: Relation, ...others: Relation[]): {place: string; from: Sql} {
  const place = unusedName('place', table, ...others)
  return {place, from: sql`(select *, row_number() over () as ${id(place)} from ${table})`}
}

/** The columns two tables are matched by: those of the first, then those of the second. */
export type Key = {left: Column; right: Column}

/** Finds the columns of an `on` parameter and checks that they can be compared. */
export function keysOf(on: readonly On[], left: Relation, right: Relation, where: string): Key[] {
  return on.map(key => {
    const names = typeof key === 'string' ? {left: key, right: key} : key
    const found = {
      left: columnOf(left, names.left, says`the first table`, where),
      right: columnOf(right, names.right, says`the second table`, where),
    }
    if (found.left.kind !== found.right.kind)
      throw new AppError(
        'wrong-type',
        says`"${found.left.name}" is ${found.left.type} and "${found.right.name}" is ${found.right.type}: they cannot be matched`,
        {hint: says`bring both to one type with a cast step`, where},
      )
    return found
  })
}
export type On = string | {left: string; right: string}

/** `l.a = r.a and …`; missing keys match nothing, not even each other. */
export const matches = (keys: readonly Key[], left: string, right: string): Sql =>
  raw(
    keys.map(k => `${id(left, k.left.name).text} = ${id(right, k.right.name).text}`).join(' and '),
  )

/** The columns that the second table adds: all but its keys, with a suffix where the name is taken. */
export function added(left: Relation, right: Relation, keys: readonly string[], suffix: string) {
  const taken = new Set(left.columns.map(c => c.name.toLowerCase()))
  return right.columns
    .filter(c => !keys.includes(c.name))
    .map(({name}) => ({name, as: taken.has(name.toLowerCase()) ? `${name}${suffix}` : name}))
}
