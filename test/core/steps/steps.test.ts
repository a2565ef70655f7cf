// Every step keeps the rules of CONTRIBUTING.md: its examples, and rows made to break it, through DuckDB
// and through ONNX Runtime.
import {readdirSync} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {type Relation, sql} from '../../../core/data/sql.ts'
import {applyStep, planStep, resolveParams} from '../../../core/notebook/apply.ts'
import type {Example, Row, Transform} from '../../../core/plugin.ts'
import {steps} from '../../../core/steps/index.ts'
import {generate, type Mood} from '../../support/generate.ts'
import {lowered} from '../../support/lowered.ts'
import {type Cell, cellsOf, inGraph, tableOf, typesOf} from '../../support/table.ts'

/**
 * How far ONNX Runtime may be from DuckDB, relative to the value. Both compute in double, so it is nothing
 * where a step only adds and multiplies; logarithms, powers and sums in another order differ a little.
 */
const tolerances: Record<string, number> = {
  cyclical: 4e-16,
  transform: 1e-9,
}

let session: Session
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bancada-test-'))
  session = await Session.open({folder, threads: 1})
})
afterAll(async () => {
  session.close()
  await rm(folder, {recursive: true, force: true})
})

test('each step is a file named for its kind', () => {
  const files = readdirSync('core/steps').filter(f => f.endsWith('.ts'))
  const kinds = Object.values(steps).map(s => `${s.kind}.ts`)
  expect(kinds.sort()).toEqual(files.filter(f => f !== 'index.ts' && f !== 'all.ts').sort())
  for (const [kind, step] of Object.entries(steps)) expect(step.kind).toBe(kind)
})

const cases = Object.values(steps).flatMap(step =>
  step.examples.map((example, i) => ({
    name: `${step.kind}: ${example.title ?? `example ${i + 1}`}`,
    step,
    example,
  })),
)

describe.each(Object.values(steps))('$kind', step => {
  test('says what it does and how it serves', () => {
    expect(step.title).toMatch(/^[A-Z]/)
    expect(step.doc).toMatch(/^[A-Z][\s\S]{20,}\.$/)
    expect(step.onnx !== undefined).toBe(step.serves === 'onnx')
    expect(step.serves !== 'training-only' || step.rows === 'rewrite').toBe(true)
  })

  test('refuses a parameter that it does not have', async () => {
    const [example] = step.examples
    const table = await tableOf(session, example.rows, example.types)
    const given = {...(example.params as object), noSuchParameter: 1}
    expect(() => resolveParams(step, given, table.columns, {protect: [], where: 'cell'})).toThrow(
      expect.objectContaining({code: 'bad-params', where: 'cell.noSuchParameter'}),
    )
  })
})

describe.each(cases)('$name', ({step, example}) => {
  test('gives what its example says', async () => {
    const {result, learned, params, apply} = await applied(step, example)
    const given = await session.rows(result.query)
    expect(result.columns.map(c => c.name)).toEqual(Object.keys(typesOf(example.gives)))
    same(given.map(Object.values), example.gives.map(Object.values), 1e-9)
    await check(step, params, learned, apply, example.more?.length ? 'more' : 'one')
  })

  const moods: [Mood, number, Mood][] = [
    ['usual', 24, 'odd'],
    ['odd', 24, 'odd'],
    ['odd', 8, 'usual'],
    ['constant', 5, 'odd'],
    ['null', 4, 'odd'],
    ['usual', 1, 'odd'],
    ['usual', 0, 'odd'],
  ]
  test.each(moods)(
    'serves as it prepares: learned from %s rows (%i), applied to %s ones',
    async (mood, count, to) => {
      const types = {...typesOf([...example.rows, ...(example.apply ?? [])]), ...example.types}
      const rows = generate(example.rows, types, {mood, count, seed: 1})
      const unseen = generate([...example.rows, ...(example.apply ?? [])], types, {
        mood: to,
        count: 24,
        seed: 2,
      })
      const {prepared, learned, params, apply} = await applied(step, {
        ...example,
        rows,
        apply: unseen,
        types,
      })
      // What is left out when serving runs here; the others may refuse a value, but never in a request.
      if (step.serves === 'training-only') for (const part of prepared) await cellsOf(session, part)
      await check(step, params, learned, apply, example.more?.length ? 'more' : 'one')
    },
  )
})

/** Learns from the rows of an example, as training rows where it has others to apply to. */
async function applied(step: Transform, example: Example<unknown>) {
  const types = {...typesOf([...example.rows, ...(example.apply ?? [])]), ...example.types}
  const train = await tableOf(session, example.rows, types)
  const apply = example.apply && (await tableOf(session, example.apply, types))
  const more: Relation[] = []
  for (const rows of example.more ?? []) more.push(await tableOf(session, rows))
  const params = resolveParams(step, example.params, train.columns, {protect: [], where: 'cell'})
  if (!apply) {
    const {main, learned} = await applyStep(session, step, params, {main: train, more})
    return {result: main, prepared: [main], learned, params, apply: train}
  }
  const {main, learned} = await applyStep(session, step, params, {main: {train, test: apply}, more})
  return {result: main.test, prepared: Object.values(main), learned, params, apply}
}

/** What must hold when a step that has learned meets new rows, one request or many. */
async function check(
  step: Transform,
  params: unknown,
  learned: Record<string, unknown> | undefined,
  rows: Relation,
  tables: 'one' | 'more',
) {
  // A step over several tables begins a new recipe, so it is never replayed on a request.
  if (tables === 'more') return
  const serve = (given: Relation) =>
    planStep(session, step, params, learned, given, {part: 'serve'})
  const served = await serve(rows)
  const cells = await cellsOf(session, served)
  if (step.rows === 'map') {
    const count = (await session.rows(rows.query)).length
    expect(cells, 'one row out for each row in').toHaveLength(count)
    for (const at of [0, 1, count - 1].filter(at => at >= 0 && at < count)) {
      const one = {...rows, query: sql`from ${rows} limit 1 offset ${at}`}
      same(await cellsOf(session, await serve(one)), [cells[at]!], 0)
    }
  }
  if (step.serves !== 'onnx') return
  const graph = await lowered(step, params, rows.columns, learned)
  expect(graph.columns, 'the graph has the columns of the table').toEqual(
    inGraph(served.columns).map(({name, kind}) => ({name, kind})),
  )
  const input = await cellsOf(session, rows)
  const tolerance = tolerances[step.kind] ?? 0
  same(
    await graph.run(input),
    cells,
    tolerance,
    graph.columns.map(c => c.name),
  )
  if (input.length > 0) same(await graph.run([input[0]!]), [cells[0]!], tolerance)
}

type Value = Cell | Row[string]

/** Equal values; numbers may differ by `tolerance` of the value, and 0 is -0. */
function same(
  given: readonly (readonly Value[])[],
  wanted: readonly (readonly Value[])[],
  tolerance: number,
  names: readonly string[] = [],
) {
  expect(given).toHaveLength(wanted.length)
  for (const [r, row] of wanted.entries()) {
    expect(given[r], `row ${r}`).toHaveLength(row.length)
    for (const [c, value] of row.entries()) {
      const got = given[r]![c]
      const alike =
        typeof got === 'number' && typeof value === 'number'
          ? got === value ||
            (Number.isNaN(got) && Number.isNaN(value)) ||
            Math.abs(got - value) <= tolerance * Math.max(Math.abs(got), Math.abs(value))
          : JSON.stringify(got) === JSON.stringify(value)
      if (!alike) expect(got, `row ${r}, column ${names[c] ?? c}`).toEqual(value)
    }
  }
}
