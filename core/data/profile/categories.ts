// Text, boolean, image and other columns: how many values, which are frequent, and what they look like.
import type {CategoryProfile} from '../../schema/profile.ts'
import type {Column} from '../../schema/table.ts'
import {escaped, markPattern, marks, type NumberStyle, numberPattern} from '../../schema/written.ts'
import type {Session} from '../session.ts'
import {type Relation, sql} from '../sql.ts'
import {cells} from './cells.ts'

export type CategoryFound = CategoryProfile & {missing: number; distinct: number}

const most = 10
/** Characters that are shown of a value. */
const shown = 200
/** Spellings are compared where a column has at most so many different values. */
const compared = 10_000

const comma = {decimal: ',', thousands: '.'} as const
const dot = {decimal: '.', thousands: ','} as const

/** SQL: whether `x` is a number with or without a mark. What begins and ends like none is not looked at closely. */
const amount = (style: NumberStyle) =>
  sql`case when length(x) < 40 and regexp_matches(x, ${`^\\s*${outer}.*${outer}\\s*$|^.$`}) then regexp_full_match(regexp_replace(trim(x), ${markPattern(marks)}, '\\1'), ${numberPattern(style)}) end`
const outer = `(?:[-+.,0-9]|${marks.map(escaped).join('|')})`

/** Figures of columns by their values as text. */
export async function categoryProfiles(
  session: Session,
  rows: Relation,
  columns: readonly Column[],
  signal: AbortSignal,
): Promise<CategoryFound[]> {
  const query = sql`
    with counts as materialized (
      select i, x, count(*) as n from (${cells(rows, columns)}) group by i, x
    ), figures as (
      select i, sum(n) filter (x is null) as missing, count(x) as differing,
        sum(n) filter (x = '') as empty,
        sum(n) filter (isfinite(try_cast(x as double))) as numeric,
        sum(n) filter (regexp_full_match(x, '0[0-9]+')) as codes,
        sum(n) filter (${amount(comma)}) as comma, sum(n) filter (${amount(dot)}) as dot,
        min(length(x)) as shortest, max(length(x)) as longest
      from counts group by i
    ), frequent as (
      select i, list(left(x, ${shown}) order by n desc, x) as top, list(n order by n desc, x) as height
      from (select i, x, n from counts where x is not null
        qualify row_number() over (partition by i order by n desc, x) <= ${most}) group by i
    ), folded as (
      select i, count(distinct hash(lower(trim(x)))) as folds from counts join figures using (i)
      where x is not null and differing <= ${compared} group by i
    ), spelled as (
      select i, count(*) as spelled, arg_max(spellings, n) as spellings from (
        select i, list(left(x, ${shown}) order by n desc, x) as spellings, sum(n) as n
        from counts join figures using (i) join folded using (i)
        where x is not null and folds < differing
        group by i, lower(trim(x)) having count(*) > 1
      ) group by i
    )
    select * from figures left join frequent using (i) left join spelled using (i)`
  const found: CategoryFound[] = []
  for (const row of await session.rows(query, {signal})) {
    const [top, height] = [(row.top ?? []) as string[], (row.height ?? []) as number[]]
    found[Number(row.i)] = {
      missing: Number(row.missing ?? 0),
      distinct: Number(row.differing),
      top: top.map((value, k) => ({value, count: Number(height[k])})),
      empty: Number(row.empty ?? 0),
      numeric: Number(row.numeric ?? 0),
      marked: markedOf(Number(row.comma ?? 0), Number(row.dot ?? 0)),
      spelled: {
        values: Number(row.spelled ?? 0),
        example: ((row.spellings ?? []) as string[]).slice(0, 3),
      },
      codes: Number(row.codes ?? 0),
      shortest: Number(row.shortest ?? 0),
      longest: Number(row.longest ?? 0),
    }
  }
  return columns.map((_, i) => found[i] ?? none)
}

/** Where as many read either way, as dots: a whole number with a currency, say. */
const markedOf = (withComma: number, withDot: number) =>
  withComma > withDot
    ? {values: withComma, decimal: ',' as const}
    : {values: withDot, decimal: '.' as const}

/** A table without rows gives no groups. */
const none: CategoryFound = {
  missing: 0,
  distinct: 0,
  top: [],
  empty: 0,
  numeric: 0,
  marked: {values: 0, decimal: '.'},
  spelled: {values: 0, example: []},
  codes: 0,
  shortest: 0,
  longest: 0,
}
