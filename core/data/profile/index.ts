// What a table looks like: every column, how columns go together, and what to mend before a model sees it.
import {AppError, didYouMean} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import type {Profile} from '../../schema/profile.ts'
import {progressOf, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {type Relation, sql} from '../sql.ts'
import {columnProfiles, exactDistinct} from './columns.ts'
import {correlate} from './correlate.ts'
import {duplicateRows, missingPatterns} from './rows.ts'
import {targetProfile} from './target.ts'
import {warningsOf} from './warnings.ts'

export type ProfileTask = Task & {
  /** What is to be predicted: adds how well each column alone tells it, and how its classes are balanced. */
  target?: string | undefined
}

/**
 * Profiles a table. Every row counts; where a figure is an estimate, the column's `estimated` or the
 * profile's `limits` says so. Throws `no-column` for a target that is not there.
 */
export async function profile(
  session: Session,
  rows: Relation,
  task: ProfileTask,
): Promise<Profile> {
  const {target, signal, tell} = task
  if (target !== undefined && !rows.columns.some(c => c.name === target))
    throw new AppError('no-column', says`no column named "${target}"`, {
      where: 'target',
      hint: didYouMean(
        target,
        rows.columns.map(c => c.name),
      ),
    })
  tell(progressOf(says`counting rows`))
  const [counted] = await session.rows(sql`select count(*) as n from ${rows}`, {signal})
  const count = Number(counted!.n)
  const columns = await columnProfiles(session, rows, count, task)
  const duplicates = await duplicateRows(session, rows, count, signal)
  const missing = await missingPatterns(session, rows, columns, signal)
  const {correlations, limits} = await correlate(session, rows, columns, count, task)
  const judged =
    target === undefined ? undefined : await targetProfile(session, rows, columns, target, task)
  const estimated = columns.filter(c => c.estimated).map(c => `"${c.name}"`)
  const found = {
    rows: count,
    columns,
    duplicates,
    missing: missing.profile,
    correlations,
    ...(judged ? {target: judged.target} : {}),
    limits: [
      ...(estimated.length > 0
        ? [
            says`distinct values and quantiles of ${estimated.join(', ')} are estimates: more than ${exactDistinct} different values`
              .said,
          ]
        : []),
      ...missing.limits,
      ...limits,
      ...(judged?.limits ?? []),
    ],
  }
  return {...found, warnings: warningsOf(found)}
}
