// Applying a step to a table or a split: learn from the training rows alone, plan for every part.
import type {Session} from '../data/session.ts'
import type {Relation} from '../data/sql.ts'
import {withoutNaN} from '../data/without-nan.ts'
import {AppError} from '../error.ts'
import type {Learned, Part, Transform} from '../plugin.ts'
import type {Column} from '../schema/table.ts'
import {says} from '../words/says.ts'

export {resolveParams} from './params.ts'

/** A table in parts, as a split makes them. */
export type Parts = {train: Relation; validation?: Relation; test?: Relation}

type Options = {signal?: AbortSignal | undefined}

/**
 * Applies a step: learns from `main.train` (or the whole table where it was never split), then plans each
 * part. The result has the shape of `main`; its relations are queries that have not run yet. `learned` is
 * plain JSON, and what was planned with is what a file would give back.
 *
 * `params` come from `resolveParams`; `more` are the tables after the first.
 * @throws AppError `duplicate-name` where two result columns would share a name; whatever the step throws
 */
export async function applyStep<P, L extends Learned, M extends Relation | Parts>(
  session: Session,
  step: Transform<P, L>,
  params: P,
  {main, more = []}: {main: M; more?: readonly Relation[]},
  {signal}: Options = {},
): Promise<{main: M; learned: L}> {
  const first: Relation = 'query' in main ? main : main.train
  const ask = (query: Parameters<Session['rows']>[0]) => session.rows(query, {signal})
  await step.check?.(params, first, ask)
  const learned = asJson(await step.learn?.(params, first, ask), step.kind) as L
  const given: [Part, Relation][] =
    'query' in main ? [['all', main]] : (Object.entries(main) as [Part, Relation][])
  const made: [Part, Relation][] = []
  for (const [part, rows] of given)
    made.push([part, await planStep(session, step, params, learned, rows, {part, more, signal})])
  return {main: ('query' in main ? made[0]![1] : Object.fromEntries(made)) as M, learned}
}

/** A step that has learned already, on one part: a fold, or a request when its SQL is replayed to serve. */
export async function planStep<P, L extends Learned>(
  session: Session,
  step: Transform<P, L>,
  params: P,
  learned: L,
  rows: Relation,
  {part, more = [], signal}: {part: Part; more?: readonly Relation[]} & Options,
): Promise<Relation> {
  const untouched = step.touches === 'train' && part !== 'train' && part !== 'all'
  if (untouched || (part === 'serve' && step.serves === 'training-only')) return rows
  const query = step.plan(params, rows, learned, {part, more: [...more]})
  const columns = await session.columns(query, {signal})
  distinctNames(columns, rows.columns)
  return {query: step.mayGiveNaN ? withoutNaN(query, columns) : query, columns}
}

// DuckDB takes `Age` and `age` for one name, and would rename the second behind our back.
function distinctNames(columns: readonly Column[], before: readonly Column[]) {
  const seen = new Map<string, string>()
  for (const {name} of columns) {
    const other = seen.get(name.toLowerCase())
    if (other !== undefined) {
      const old = before.some(c => c.name.toLowerCase() === name.toLowerCase())
      throw new AppError(
        'duplicate-name',
        old
          ? says`the table already has a column named "${other}"`
          : says`two new columns would both be named "${name}"`,
        {hint: says`rename or drop one of them first; capitals make no difference`},
      )
    }
    seen.set(name.toLowerCase(), name)
  }
}

/**
 * What a step learned, as a JSON file would give it back, so that training and serving see the same.
 * Nothing may get lost on the way: a step keeps null where there was nothing to learn, text for big integers.
 */
function asJson(learned: Learned, kind: string): Learned {
  if (learned === undefined) return undefined
  const text = JSON.stringify(learned, function (this: Record<string, unknown>, key, value) {
    const raw = this[key]
    const lost =
      (typeof raw === 'number' && !Number.isFinite(raw)) ||
      typeof raw === 'bigint' ||
      typeof raw === 'function' ||
      (typeof raw === 'object' && raw !== null && raw !== value) // a Date, a Map …
    if (lost)
      throw new AppError(
        'internal',
        says`${kind} learned ${String(raw)} for "${key}", which JSON cannot hold`,
      )
    return value
  })
  return JSON.parse(text)
}
