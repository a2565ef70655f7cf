// A step on rows written out in a test.
import {onTestFinished} from 'vitest'
import {Session} from '../../core/data/session.ts'
import {applyStep, resolveParams} from '../../core/notebook/apply.ts'
import type {Row} from '../../core/plugin.ts'
import {steps} from '../../core/steps/index.ts'
import {temporaryFolder} from './folder.ts'
import {tableOf} from './table.ts'

type Options = {
  /** Rows of the test part; without them the table was never split. */
  test?: Row[]
  more?: Row[][]
  types?: Record<string, string>
}

export async function session(): Promise<Session> {
  const made = await Session.open({folder: await temporaryFolder(), threads: 1})
  onTestFinished(() => made.close())
  return made
}

/** Applies a step; gives the rows of each part and what was learned. */
export async function apply(
  kind: string,
  given: object,
  rows: Row[],
  {test, more = [], types}: Options = {},
): Promise<{train: Row[]; test: Row[]; learned: Record<string, unknown> | undefined}> {
  const db = await session()
  const step = steps[kind]!
  const train = await tableOf(db, rows, types)
  const others = []
  for (const table of more) others.push(await tableOf(db, table))
  const params = resolveParams(step, given, train.columns, {protect: [], where: kind})
  if (!test) {
    const {main, learned} = await applyStep(db, step, params, {main: train, more: others})
    return {train: await db.rows(main.query), test: [], learned}
  }
  const columns = Object.fromEntries(train.columns.map(c => [c.name, c.type]))
  const parts = {train, test: await tableOf(db, test, columns)}
  const {main, learned} = await applyStep(db, step, params, {main: parts, more: others})
  return {train: await db.rows(main.train.query), test: await db.rows(main.test.query), learned}
}
