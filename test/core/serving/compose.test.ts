import {readFile} from 'node:fs/promises'
import * as ort from 'onnxruntime-node'
import {expect, test} from 'vitest'
import {readMatrix} from '../../../core/data/matrix.ts'
import {sql} from '../../../core/data/sql.ts'
import {models} from '../../../core/models/index.ts'
import {applyStep} from '../../../core/notebook/apply.ts'
import {Graph} from '../../../core/onnx/graph.ts'
import {openModel} from '../../../core/onnx/predict.ts'
import type {Applied} from '../../../core/schema/value.ts'
import {compose} from '../../../core/serving/compose.ts'
import {goldenRows} from '../../../core/serving/golden-rows.ts'
import {steps as realSteps} from '../../../core/steps/index.ts'
import {applied, features, linear, openSession, raw, steps} from './sample.ts'

const spec = {recipe: {raw, steps: applied}, steps, features, target: 'species'}
const modelOnnx = linear([0.0005, -0.0005, -2, 2], 2, 2)

test('a feature made from the target is refused', async () => {
  const leaky = {
    raw,
    steps: [{kind: 'is', version: 1, params: {column: 'species', value: 'Adelie'}}],
  }
  await expect(
    compose({...spec, recipe: leaky, features: ['mass (g)', 'species'], modelOnnx}),
  ).rejects.toMatchObject({code: 'refused'})
})

test('a feature that is still text is refused', async () => {
  await expect(compose({...spec, features: ['mass (g)', 'note'], modelOnnx})).rejects.toMatchObject(
    {
      code: 'wrong-type',
      message: 'the feature "note" is text',
    },
  )
})

test('a column that a request cannot carry is refused only where it is needed', async () => {
  const odd = [...raw, {name: 'list', type: 'INTEGER[]', kind: 'other' as const}]
  const recipe = {raw: odd, steps: applied}
  expect((await compose({...spec, recipe, modelOnnx})).ignores).toContain('list')
  await expect(
    compose({...spec, recipe, features: ['mass (g)', 'list'], modelOnnx}),
  ).rejects.toMatchObject({code: 'wrong-type'})
})

test('a step of another version is refused', async () => {
  const recipe = {raw, steps: [{...applied[1]!, version: 2}]}
  await expect(compose({...spec, recipe, modelOnnx})).rejects.toMatchObject({code: 'too-new'})
})

test('columns may be called as an output is, as a node is, or nothing at all', async () => {
  const names = ['probabilities', 'Cast_1', '']
  const recipe = {
    raw: names.map(name => ({name, type: 'DOUBLE', kind: 'number' as const})),
    steps: [],
  }
  const {onnx, inputs} = await compose({
    ...spec,
    recipe,
    features: names,
    modelOnnx: linear([1, 0, 0, 1, 0, 0], 3, 2),
  })
  expect(inputs.map(c => c.name)).toEqual(names)
  const session = await ort.InferenceSession.create(onnx, {logSeverityLevel: 3})
  const one = () => new ort.Tensor('float64', Float64Array.of(1), [1, 1])
  const given = await session.run(Object.fromEntries(session.inputNames.map(name => [name, one()])))
  expect(Array.from(given.probabilities!.data as Float32Array)).toEqual([0.5, 0.5])
})

test('a gap that no step filled gets no answer, even where the model would say something', async () => {
  const deaf = new Graph()
  const z = deaf.input('x', 'float32', ['rows', 1])
  deaf.output(
    'prediction',
    deaf.op('Where', [deaf.op('IsNaN', [z]), deaf.constant('float32', 7), z]),
  )
  const recipe = {raw, steps: []}
  const {onnx} = await compose({...spec, recipe, features: ['mass (g)'], modelOnnx: deaf.bytes()})
  const session = await ort.InferenceSession.create(onnx, {logSeverityLevel: 3})
  const column = new ort.Tensor('float64', Float64Array.of(1, Number.NaN), [2, 1])
  const {prediction} = await session.run({'mass (g)': column})
  expect(Array.from(prediction!.data as Float32Array)).toEqual([1, Number.NaN])
})

test('real steps and a real model give in one graph what DuckDB and the model give apart', async () => {
  const session = await openSession()
  const text = await readFile('node_modules/vega-datasets/data/penguins.json', 'utf8')
  await session.run(
    sql`create table penguins as select unnest(from_json(${text}, '[{"Species":"VARCHAR","Island":"VARCHAR","Sex":"VARCHAR","Body Mass (g)":"BIGINT","Flipper Length (mm)":"DOUBLE"}]'), max_depth := 2)`,
  )
  const rows = await session.relation(sql`select * from penguins`)
  const complete = await session.relation(
    sql`select * from penguins where "Body Mass (g)" is not null and "Sex" is not null`,
  )
  const params = realSteps['one-hot']!.params.parse({columns: ['Island', 'Sex']}) as Record<
    string,
    unknown
  >
  const {main, learned} = await applyStep(session, realSteps['one-hot']!, params, {main: complete})
  const wanted = main.columns
    .filter(c => c.kind === 'number' && c.name !== 'Species')
    .map(c => c.name)
  const classes = ['Adelie', 'Chinstrap', 'Gentoo']
  const task = 'classification' as const
  const {matrix} = await readMatrix(session, main, {
    features: wanted,
    target: 'Species',
    task,
    classes,
  })
  const logistic = models.logistic!
  const fitted = await logistic.fit(
    logistic.params.parse({}),
    {task, features: wanted, classes, train: matrix},
    {seed: 1, signal: new AbortController().signal, tell: () => {}, log: () => {}},
  )
  const graph = new Graph()
  const x = graph.input('x', 'float32', ['rows', wanted.length])
  for (const [name, tensor] of Object.entries(fitted.lower(graph, x))) graph.output(name, tensor)
  const bytes = graph.bytes()
  const one: Applied = {kind: 'one-hot', version: realSteps['one-hot']!.version, params}
  const recipe = {raw: [...rows.columns], steps: [learned ? {...one, learned} : one]}
  const common = {recipe, steps: realSteps, features: wanted, modelOnnx: bytes}
  const composed = await compose({...common, target: 'Species'})
  expect(composed.inputs.map(c => c.name).sort()).toEqual([
    'Body Mass (g)',
    'Flipper Length (mm)',
    'Island',
    'Sex',
  ])
  const model = await openModel(bytes)
  const {golden} = await goldenRows({
    ...common,
    session,
    rows,
    inputs: composed.inputs,
    task,
    classes,
    predict: model.predict,
    count: 60,
  })
  const nobodys = await goldenRows({
    ...common,
    session,
    rows,
    inputs: composed.inputs,
    task,
    classes,
    predict: model.predict,
    count: 0,
  })
  await model.release()
  const served = await ort.InferenceSession.create(composed.onnx, {logSeverityLevel: 3})
  const feeds = composed.graph.map(({name, kind}) => {
    const values = golden.map(({input}) => input[name])
    return [
      name,
      kind === 'category'
        ? new ort.Tensor(
            'string',
            values.map(v => (v === null ? '\uE000' : String(v))),
            [values.length, 1],
          )
        : new ort.Tensor(
            'float64',
            Float64Array.from(values, v => (v === null ? Number.NaN : Number(v))),
            [values.length, 1],
          ),
    ]
  })
  const {probabilities} = await served.run(Object.fromEntries(feeds))
  const got = probabilities!.data as Float32Array
  for (const [i, {answer}] of golden.entries()) {
    const p = Array.from(got.subarray(i * 3, i * 3 + 3))
    if (!('probabilities' in answer)) expect(p).toEqual([Number.NaN, Number.NaN, Number.NaN])
    else
      for (const [k, label] of classes.entries())
        expect(p[k]).toBeCloseTo(answer.probabilities[label]!, 5)
  }
  expect(golden.some(({answer}) => 'prediction' in answer && answer.prediction === null)).toBe(true)

  // Without a row of the user's own there is still one that the model can answer.
  expect(nobodys.real).toBe(0)
  expect(nobodys.golden.some(({answer}) => 'probabilities' in answer)).toBe(true)
  const islands = new Set(golden.slice(0, 60).map(({input}) => input.Island))
  expect(nobodys.golden.filter(({input}) => islands.has(input.Island) && input.Island)).toEqual([])
})
