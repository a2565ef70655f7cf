// The rules of the checklist: an item is done when the work is there and fresh, and open again when it is not.
import {expect, test} from 'vitest'
import {checklist, type Item, type ItemId, type Subject} from '../../../core/guide/checklist.ts'
import {fewestWords, reflectionOf} from '../../../core/guide/reflection.ts'
import {parseNotebook} from '../../../core/notebook/document.ts'
import {kindInfos} from '../../../core/notebook/kinds.ts'
import {blocksOf} from '../../../core/notebook/live/blocks.ts'
import type {LiveEdge} from '../../../core/schema/live.ts'
import {type Manifest, manifestSchema} from '../../../core/schema/project.ts'
import type {CellStatus} from '../../../core/schema/result.ts'
import type {Value} from '../../../core/schema/value.ts'

const kinds = Object.fromEntries(kindInfos().map(info => [info.kind, info]))
const plain = manifestSchema.parse({name: 'Pinguins da Antártida'})
const goal: Manifest = {
  ...plain,
  problem: 'Mistakes are found too late.',
  success: {metric: 'macro_f1', threshold: 0.9},
}

type Given = {value?: Value; rows?: number; state?: 'stale' | 'failed'}

/** A document of the given cells; each is fresh unless it says otherwise. */
function subject(text: string, given: Record<string, Given> = {}): Subject {
  const {notebook} = parseNotebook(text)
  const {order, byId} = blocksOf(notebook)
  const blocks = Object.fromEntries(byId)
  const edges = notebook.cells.flatMap(({name, from, body, language}): LiveEdge[] => {
    const read = language === 'sql' ? [...body.matchAll(/from (\w+)/g)].map(m => m[1]!) : from
    return read.map(one => ({from: one, to: name}))
  })
  const status = Object.fromEntries(
    notebook.cells.map(({name, kind}): [string, CellStatus] => {
      const {value = table(), rows, state} = given[name] ?? {}
      if (state === 'stale') return [name, {cell: name, kind, state}]
      const fault = {code: 'bad-params' as const, message: 'no'}
      if (state === 'failed') return [name, {cell: name, kind, state, fault}]
      const result = {
        version: 1 as const,
        hash: 'h',
        kind,
        value,
        rows,
        ms: 1,
        at: '',
        warnings: [],
        files: {},
      }
      return [name, {cell: name, kind, state: 'fresh', result}]
    }),
  )
  return {order, blocks, edges, status}
}

const relation = {sql: '', objects: [], columns: [], rows: 3}
const table = (): Value => ({
  type: 'table',
  table: relation,
  recipe: {raw: [], rows: relation, steps: []},
})
const stepped = (kind: string, learned?: Record<string, unknown>): Value => ({
  type: 'split',
  parts: {train: relation},
  folds: [],
  recipe: {raw: [], rows: relation, steps: [{kind, version: 1, params: {}, learned}]},
})
const report = (...metrics: [string, number, 'high' | 'low'][]): Value => ({
  type: 'report',
  report: {
    about: 'evaluation',
    title: '',
    metrics: metrics.map(([name, value, better]) => ({name, value, better})),
    exhibits: [],
    warnings: [],
  },
})

const yaml = (name: string, kind: string, from = '') =>
  `\n\`\`\`yaml cell=${name} kind=${kind}${from && ` from=${from}`}\n\`\`\`\n`
const sql = (name: string, body: string) => `\n\`\`\`sql cell=${name}\n${body}\n\`\`\`\n`

const item = <I extends ItemId>(id: I, doc: Subject, manifest = goal): Item =>
  checklist(doc, kinds, manifest).find(one => one.id === id)!

const source = yaml('birds', 'source')
const split = `${source}${yaml('parts', 'split', 'birds')}`

test('the problem is done when it and the goal are filled in', () => {
  expect(item('problem', subject(''), plain)).toMatchObject({done: false, next: {do: 'problem'}})
  expect(item('problem', subject(''), {...goal, problem: ' '})).toMatchObject({done: false})
  expect(item('problem', subject(''), {...goal, success: undefined})).toMatchObject({done: false})
  expect(item('problem', subject(''))).toMatchObject({done: true, facts: [{say: 'goal'}]})
})

test('cleaning tells what it changed, and opens again when it is stale', () => {
  const text = source + sql('adults', 'select * from birds where age > 1')
  const sizes = {birds: {rows: 344}, adults: {rows: 342}}
  expect(item('cleaning', subject(text, sizes))).toEqual({
    id: 'cleaning',
    done: true,
    facts: [{say: 'rows', values: {cell: 'adults', before: 344, after: 342}}],
  })
  expect(item('cleaning', subject(text, {birds: {rows: 344}, adults: {rows: 344}}))).toMatchObject({
    facts: [{say: 'values', values: {cell: 'adults'}}],
  })
  const step = source + yaml('filtered', 'filter', 'birds')
  expect(item('cleaning', subject(step, {birds: {rows: 344}, filtered: {rows: 342}}))).toEqual({
    id: 'cleaning',
    done: true,
    facts: [{say: 'rows', values: {cell: 'filtered', before: 344, after: 342}}],
  })
  expect(item('cleaning', subject(text, {adults: {state: 'stale'}}))).toMatchObject({
    done: false,
    lack: 'run',
    next: {do: 'run', cell: 'adults'},
  })
  expect(item('cleaning', subject(text, {adults: {state: 'failed'}}))).toMatchObject({
    done: false,
    lack: 'mend',
    next: {do: 'show', cell: 'adults'},
  })
  const stale = subject(text, {adults: {state: 'stale'}})
  expect(item('cleaning', {...stale, failed: ['adults']})).toMatchObject({lack: 'mend'})
})

test('a query that copies its table, or feeds drift alone, cleans nothing', () => {
  expect(item('cleaning', subject(source + sql('same', 'select * from birds')))).toMatchObject({
    done: false,
    lack: 'unchanged',
  })
  const aside = split + sql('shifted', 'select * replace (1 as mass) from birds')
  expect(item('cleaning', subject(aside))).toMatchObject({
    done: false,
    next: {do: 'insert', kind: 'sql', after: 'birds'},
  })
  expect(item('cleaning', subject(''))).toMatchObject({done: false, next: {do: 'data'}})
})

test('a feature step counts when it learned, and after a split', () => {
  const late = split + yaml('scaled', 'scale', 'parts')
  const fit = {scaled: {value: stepped('scale', {mean: [1]})}}
  expect(item('features', subject(late, fit))).toMatchObject({
    done: true,
    facts: [{say: 'learned', values: {cell: 'scaled'}}],
  })
  const early = source + yaml('scaled', 'scale', 'birds')
  expect(item('features', subject(early, fit))).toMatchObject({
    done: false,
    lack: 'split',
    next: {do: 'insert', kind: 'split', after: 'scaled'},
  })
  const fewer = split + yaml('fewer', 'select', 'parts')
  expect(item('features', subject(fewer, {fewer: {value: stepped('select')}}))).toMatchObject({
    done: false,
    facts: [{say: 'notLearned'}],
    next: {do: 'insert', kind: 'scale', after: 'fewer'},
  })
})

test('a first model is offered that fits what success is measured by', () => {
  const kindOf = (metric: string) => {
    const found = item('training', subject(split), {...goal, success: {metric, threshold: 1}})
    return !found.done && found.next?.do === 'insert' ? found.next.kind : undefined
  }
  expect([kindOf('macro_f1'), kindOf('mae'), kindOf('r2')]).toEqual([
    'logistic',
    'linear',
    'linear',
  ])
})

test('an evaluation says whether the goal is reached, by the way in which the metric is better', () => {
  const text = split + yaml('model', 'logistic', 'parts') + yaml('scores', 'evaluate', 'model')
  const said = (value: Value, manifest = goal) =>
    item('evaluation', subject(text, {scores: {value}}), manifest).facts[0]!.say
  expect(said(report(['macro_f1', 0.9, 'high']))).toBe('reached')
  expect(said(report(['macro_f1', 0.89, 'high']))).toBe('missed')
  const errors = {...goal, success: {metric: 'mae', threshold: 3}}
  expect(said(report(['mae', 2.5, 'low']), errors)).toBe('reached')
  expect(said(report(['mae', 3.5, 'low']), errors)).toBe('missed')
  expect(said(report(['mae', 2, 'low']))).toBe('unmeasured')
  expect(said(report(['mae', 2, 'low']), plain)).toBe('noGoal')
})

test('the deployment goes link by link, and a mismatch leaves it open', () => {
  const evaluated = split + yaml('model', 'logistic', 'parts') + yaml('scores', 'evaluate', 'model')
  expect(item('deployment', subject(evaluated), plain)).toMatchObject({
    lack: 'register',
    next: {kind: 'register', after: 'scores', body: 'name: pinguins-da-antartida\n'},
  })
  const registered = evaluated + yaml('version', 'register', 'scores')
  expect(item('deployment', subject(registered))).toMatchObject({next: {kind: 'package'}})
  const packaged = registered + yaml('bundle', 'package', 'version')
  expect(item('deployment', subject(packaged))).toMatchObject({next: {kind: 'rehearse'}})
  const text = packaged + yaml('rehearsal', 'rehearse', 'bundle')
  const bundle: Value = {
    type: 'bundle',
    folder: 'f',
    name: 'n',
    version: 1,
    golden: {rows: 9, real: 5, mismatches: 0},
  }
  const rehearsal = (n: number) => report(['golden_rows', 9, 'high'], ['mismatches', n, 'low'])
  const stands = (n: number, given: Record<string, Given> = {}) =>
    item(
      'deployment',
      subject(text, {bundle: {value: bundle}, rehearsal: {value: rehearsal(n)}, ...given}),
    )
  expect(stands(0)).toMatchObject({done: true, facts: [{say: 'rehearsed', values: {n: 9}}]})
  expect(stands(2)).toMatchObject({done: false, lack: 'differs', facts: [{values: {n: 2}}]})
  expect(stands(0, {rehearsal: {state: 'stale'}})).toMatchObject({done: false, lack: 'run'})
})

test('a reflection is what stands below its heading and is no prompt', () => {
  const words = Array.from({length: fewestWords}, (_, i) => `word${i}`).join(' ')
  const of = (text: string) => item('reflection', subject(text))
  expect(of('# A title')).toEqual({
    id: 'reflection',
    done: false,
    facts: [],
    lack: 'reflection',
    next: {do: 'write'},
  })
  const prompt = `## Reflection\n\n> ${words}\n`
  expect(of(prompt)).toMatchObject({done: false, next: {do: 'write', block: '¶'}})
  expect(of(`${prompt}\n${words}`)).toMatchObject({done: true})
  expect(of(`## Reflexão\n\n${words}`)).toMatchObject({done: true})
  expect(of(`${words}\n\n## Reflection\n\nshort\n\n## Sources\n\n${words}`)).toMatchObject({
    done: false,
    facts: [{values: {n: 1}}],
  })
  expect(of(`## Reflection\n\n<!-- ${words} -->`)).toMatchObject({done: false})
  const {order, blocks} = subject(`## Reflection\n${source}\n${words}`)
  expect(reflectionOf(order.map(id => blocks[id]!)).words).toBe(fewestWords)
})
