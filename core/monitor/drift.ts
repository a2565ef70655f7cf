// Drift: do rows of today still look like the training rows?
import type {Session} from '../data/session.ts'
import {type Relation, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import type {Task} from '../plugin.ts'
import type {Baseline} from '../schema/baseline.ts'
import type {Answer} from '../serving/answer.ts'
import {progressOf, says} from '../words/says.ts'
import {countLike} from './baseline.ts'
import {type Comparison, compare, type Finding} from './compare.ts'
import {holm} from './stats.ts'
import {answerTable} from './traffic.ts'

export type DriftOptions = {
  /** Chance of any alarm at all when nothing has changed, over all features together. */
  alpha?: number
  /**
   * Differences below these are not worth an alarm, however certain. `psi`: less what chance gives; 0.1 is
   * the convention for "some change". `share`: of missing values or unseen categories.
   */
  negligible?: {psi: number; share: number}
  /** Values needed on each side before anything is said. */
  least?: number
}

const defaults = {alpha: 0.01, negligible: {psi: 0.1, share: 0.05}, least: 20}

export type FeatureDrift = Partial<Omit<Comparison, 'findings' | 'enough'>> & {
  name: string
  role: 'feature' | 'prediction'
  /** `few`: not enough rows to tell. `absent`: the rows do not have the column. */
  verdict: 'same' | 'drifted' | 'few' | 'absent'
  findings: Judged[]
}
export type Judged = Finding & {
  /** p, corrected for all tests of the check (Holm). */
  adjusted: number
  alarm: boolean
}

export type Drift = {
  /** Rows that were looked at, and rows of the baseline. */
  rows: number
  trained: number
  alpha: number
  alarm: boolean
  features: FeatureDrift[]
}

export type DriftSpec = Partial<Task> & {
  /** Raw rows, as requests have them: from a table, or `batchRelation` of captured traffic. */
  rows: Relation
  /** What the model answered on them. */
  predictions?: readonly Answer[] | undefined
}

/**
 * Counts the rows into the baseline's bins and compares. An alarm needs both a difference that is
 * significant after correction for all tests and one that is large enough to matter.
 */
export async function drift(
  session: Session,
  baseline: Baseline,
  {rows, predictions, signal, tell}: DriftSpec,
  options: DriftOptions = {},
): Promise<Drift> {
  const {alpha, negligible, least} = {...defaults, ...options}
  if (!(alpha > 0 && alpha < 1))
    throw new AppError('bad-params', says`alpha is ${alpha}, not between 0 and 1`)
  const [count] = await session.rows(sql`select count(*) as n from ${rows}`, {signal})
  const have = new Set(rows.columns.map(column => column.name))
  const compared: Unjudged[] = []
  for (const [i, feature] of baseline.features.entries()) {
    const {name} = feature
    const comparison = have.has(name)
      ? compare(feature, await countLike(session, rows, feature, signal), least)
      : undefined
    compared.push({name, role: 'feature', comparison})
    tell?.(progressOf(says`comparing ${name}`, {done: (i + 1) / baseline.features.length}))
  }
  if (baseline.prediction && predictions?.length) {
    const counted = await countLike(session, answerTable(predictions), baseline.prediction, signal)
    const comparison = compare(baseline.prediction, counted, least)
    compared.push({name: baseline.prediction.name, role: 'prediction', comparison})
  }
  const features = judge(compared, {alpha, negligible})
  const alarm = features.some(feature => feature.verdict === 'drifted')
  return {rows: Number(count!.n), trained: baseline.rows, alpha, alarm, features}
}

type Unjudged = Pick<FeatureDrift, 'name' | 'role'> & {comparison: Comparison | undefined}
type Bar = Required<Pick<DriftOptions, 'alpha' | 'negligible'>>

/** Corrects all p-values together, then says what is an alarm. */
function judge(compared: readonly Unjudged[], {alpha, negligible}: Bar): FeatureDrift[] {
  const adjusted = holm(compared.flatMap(c => c.comparison?.findings.map(f => f.p) ?? []))
  let at = 0
  return compared.map(({name, role, comparison}): FeatureDrift => {
    if (!comparison) return {name, role, verdict: 'absent', findings: []}
    const findings = comparison.findings.map((finding): Judged => {
      const corrected = adjusted[at++]!
      const bar = finding.psi === undefined ? negligible.share : negligible.psi
      const alarm = corrected <= alpha && finding.effect >= bar
      return {...finding, adjusted: corrected, alarm}
    })
    const verdict = findings.some(f => f.alarm) ? 'drifted' : comparison.enough ? 'same' : 'few'
    return {name, role, verdict, ...comparison, findings}
  })
}
