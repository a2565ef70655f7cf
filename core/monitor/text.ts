// Free text: which columns hold it, and how long its values are.
import type {Session} from '../data/session.ts'
import {id, type Relation, type Sql, sql} from '../data/sql.ts'
import type {Column} from '../schema/table.ts'

/** Values longer than this on average, in characters, were written rather than chosen from a list. */
const long = 40
/** Of long values, every so manyth row must have another: a few long ones that come again and again are categories. */
const rowsToOne = 10
/** Of short values, as many may be a list, whatever the rows. */
const listed = 20
/** Of short values, the share of rows whose value no other has: names and identifiers. */
const alone = 1 / 5

/**
 * Whether a column holds what people wrote, or what names one of them, rather than categories. Of values that
 * nearly all stand alone, a new row brings one never seen (as often as they stand alone, Good 1953), so that to
 * count them by name tells nothing of drift, and gives away what stood in the training rows.
 */
export async function isFreeText(
  session: Session,
  rows: Relation,
  {name, kind, type}: Column,
  signal?: AbortSignal,
): Promise<boolean> {
  // An enum says itself that it is one of some categories.
  if (kind !== 'category' || type.startsWith('ENUM')) return false
  const [found] = await session.rows(
    sql`select coalesce(sum(c), 0)::double as n, count(*)::double as different,
      (count(*) filter (c = 1))::double as single, coalesce(sum(length(v) * c) / sum(c), 0)::double as length
      from (select ${id(name)}::varchar as v, count(*) as c from ${rows} where v is not null group by all)`,
    {signal},
  )
  const {n, different, single, length} = found as Record<
    'n' | 'different' | 'single' | 'length',
    number
  >
  if (n === 0) return false
  return length > long ? different * rowsToOne >= n : different > listed && single >= n * alone
}

/** Queries of one column `x`, the length of each text: null where it is missing or blank. */
export const measures = {
  characters: (rows: Relation, name: string): Sql => measured(rows, name, sql`length(v)`),
  words: (rows: Relation, name: string): Sql =>
    measured(rows, name, sql`len(regexp_extract_all(v, ${'\\S+'}))`),
}

const measured = (rows: Relation, name: string, length: Sql): Sql =>
  sql`select case when regexp_matches(v, ${'\\S'}) then ${length}::double end as x
    from (select ${id(name)}::varchar as v from ${rows})`
