// Text, boolean, image and other columns: how many values, which are frequent, and what they look like.
import type {CategoryProfile} from '../../schema/profile.ts'
import type {Column} from '../../schema/table.ts'
import type {Session} from '../session.ts'
import {type Relation, sql} from '../sql.ts'
import {cells} from './cells.ts'

export type CategoryFound = CategoryProfile & {missing: number; distinct: number}

const most = 10
/** Characters that are shown of a value. */
const shown = 200

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
        min(length(x)) as shortest, max(length(x)) as longest
      from counts group by i
    ), frequent as (
      select i, list(left(x, ${shown}) order by n desc, x) as top, list(n order by n desc, x) as height
      from (select i, x, n from counts where x is not null
        qualify row_number() over (partition by i order by n desc, x) <= ${most}) group by i
    )
    select * from figures left join frequent using (i)`
  const found: CategoryFound[] = []
  for (const row of await session.rows(query, {signal})) {
    const [top, height] = [(row.top ?? []) as string[], (row.height ?? []) as number[]]
    found[Number(row.i)] = {
      missing: Number(row.missing ?? 0),
      distinct: Number(row.differing),
      top: top.map((value, k) => ({value, count: Number(height[k])})),
      empty: Number(row.empty ?? 0),
      numeric: Number(row.numeric ?? 0),
      codes: Number(row.codes ?? 0),
      shortest: Number(row.shortest ?? 0),
      longest: Number(row.longest ?? 0),
    }
  }
  return columns.map((_, i) => found[i] ?? none)
}

/** A table without rows gives no groups. */
const none: CategoryFound = {
  missing: 0,
  distinct: 0,
  top: [],
  empty: 0,
  numeric: 0,
  codes: 0,
  shortest: 0,
  longest: 0,
}
