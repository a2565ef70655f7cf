// Figures of whole rows: those that repeat, and which columns are missing together.
import type {ColumnProfile, MissingProfile} from '../../schema/profile.ts'
import {type Said, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, join, type Relation, sql} from '../sql.ts'

/**
 * Rows that repeat an earlier one. Rows are told apart by a hash of 64 bits: among three million, the
 * chance that any two differ and look alike is one in four million.
 */
export async function duplicateRows(
  session: Session,
  rows: Relation,
  count: number,
  signal: AbortSignal,
): Promise<number> {
  if (rows.columns.length === 0) return 0
  const all = join(rows.columns.map(c => id(c.name)))
  const [row] = await session.rows(
    sql`select count(*) as n from (select hash(${all}) as h from ${rows} group by h)`,
    {signal},
  )
  return count - Number(row!.n)
}

/** More columns than this are not looked at together. */
const mostColumns = 60
const mostPatterns = 12

export async function missingPatterns(
  session: Session,
  rows: Relation,
  columns: readonly ColumnProfile[],
  signal: AbortSignal,
): Promise<{profile: MissingProfile; limits: Said[]}> {
  const some = columns.filter(c => c.missing > 0).sort((a, b) => b.missing - a.missing)
  if (some.length === 0) return {profile: {rows: 0, patterns: []}, limits: []}
  const taken = some.slice(0, mostColumns)
  const gone = taken.map(c => {
    const x = id(c.name)
    return /^(FLOAT|DOUBLE)$/.test(c.type) ? sql`${x} is null or isnan(${x})` : sql`${x} is null`
  })
  const found = await session.rows(
    sql`select [${join(gone)}] as gone, count(*) as n from ${rows} group by 1 order by n desc, gone`,
    {signal},
  )
  const patterns = found
    .map(row => ({
      columns: taken.filter((_, i) => (row.gone as boolean[])[i]).map(c => c.name),
      rows: Number(row.n),
    }))
    .filter(p => p.columns.length > 0)
  return {
    profile: {
      rows: patterns.reduce((sum, p) => sum + p.rows, 0),
      patterns: patterns.slice(0, mostPatterns),
    },
    limits:
      some.length > mostColumns
        ? [
            says`rows with missing values are counted over ${mostColumns} of ${some.length} columns that miss some`
              .said,
          ]
        : [],
  }
}
