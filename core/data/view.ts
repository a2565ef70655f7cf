// A view of a table as SQL: its columns, what a row must meet, what decides the order.
import {AppError, didYouMean} from '../error.ts'
import type {Column} from '../schema/table.ts'
import type {Condition, View} from '../schema/view.ts'
import {says} from '../words/says.ts'
import {id, join, raw, type Sql, sql} from './sql.ts'

export type ViewSql = {
  columns: Column[]
  /** What a row must meet; absent when every row does. */
  where?: Sql
  /** Terms of an ORDER BY, without the last word on rows that are equal; empty for the table's order. */
  order: Sql[]
}

/** Throws `no-column` for a name that the table does not have. */
export function viewSql(all: readonly Column[], view: View): ViewSql {
  const find = (name: string): Column => {
    const found = all.find(c => c.name === name)
    if (found) return found
    throw new AppError('no-column', says`no column named "${name}"`, {
      hint: didYouMean(
        name,
        all.map(c => c.name),
      ),
    })
  }
  const columns = view.columns?.map(find) ?? [...all]
  const conditions = view.filter.map(condition => meets(find(condition.column), condition))
  if (view.search !== '')
    conditions.push(
      sql`(${join(
        [sql`false`, ...columns.filter(c => c.kind !== 'image').map(c => contains(c, view.search))],
        ' or ',
      )})`,
    )
  const order = view.sort.map(({by, order}) => sql`${id(find(by).name)} ${raw(order)} nulls last`)
  return {columns, order, ...(conditions.length > 0 ? {where: join(conditions, ' and ')} : {})}
}

function meets(column: Column, condition: Condition): Sql {
  const name = id(column.name)
  switch (condition.is) {
    case 'missing':
      return sql`${name} is null`
    case 'present':
      return sql`${name} is not null`
    case 'contains':
      return contains(column, condition.value)
    case 'one-of':
      return sql`${name} in (${join(condition.values.map(value => typed(column, value)))})`
    default:
      return sql`${name} ${raw(condition.is)} ${typed(column, condition.value)}`
  }
}

/** A value as the column's own type, so that an index or a row group's range can be used. */
const typed = ({type}: Column, value: string | number | boolean) =>
  sql`cast(${value} as ${raw(type)})`

const contains = ({name, type}: Column, text: string) =>
  type === 'VARCHAR'
    ? sql`contains(lower(${id(name)}), lower(${text}))`
    : sql`contains(lower(${id(name)}::varchar), lower(${text}))`
