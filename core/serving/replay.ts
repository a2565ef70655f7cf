// A recipe once more, by DuckDB: how raw rows become features long after training.
import {type Relation, relation as relate, type Sql} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import type {Transform} from '../plugin.ts'
import type {Column} from '../schema/table.ts'
import type {Applied} from '../schema/value.ts'
import {says} from '../words/says.ts'

/** Step kinds by name, as `core/steps/index.ts` lists them. */
export type Steps = Readonly<Record<string, Transform>>

/** Tells the columns of a query without running it: `session.columns`. */
export type Describe = (query: Sql) => Promise<Column[]>

/** The step that was applied, in the version that was. */
export function stepOf(applied: Applied, steps: Steps): Transform {
  const step = Object.hasOwn(steps, applied.kind) ? steps[applied.kind] : undefined
  if (!step)
    throw new AppError('unknown-kind', says`no step called "${applied.kind}"`, {
      hint: didYouMean(applied.kind, Object.keys(steps)),
    })
  if (step.version !== applied.version)
    throw new AppError(
      applied.version > step.version ? 'too-new' : 'blocked',
      says`the step "${applied.kind}" was applied in version ${applied.version}; this is version ${step.version}`,
      {hint: says`run the document again, so that the model learns with this version`},
    )
  return step
}

/** Whether a step has a part in serving: those that only prepare training rows do not. */
export const isServed = ({serves, touches}: Transform): boolean =>
  serves !== 'training-only' && touches !== 'train'

/** The query that repeats the steps on `rows`, with what they learned; those for training rows alone are left out. */
export async function replay(
  applied: readonly Applied[],
  rows: Relation,
  {steps, describe}: {steps: Steps; describe: Describe},
): Promise<Relation> {
  let result = rows
  for (const one of applied) {
    const step = stepOf(one, steps)
    if (!isServed(step)) continue
    const query = step.plan(one.params, result, one.learned, {part: 'serve', more: []})
    result = relate(query, await describe(query))
  }
  return result
}
