import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Graph} from '../../../core/onnx/graph.ts'
import {openModel} from '../../../core/onnx/predict.ts'
import {temporaryFolder} from '../../support/folder.ts'

/** x·[[1, 0], [0, 10]] as `distances`, its argmin as `cluster`, its first column as `prediction`. */
function model(): Uint8Array {
  const graph = new Graph()
  const x = graph.input('x', 'float32', ['rows', 2])
  const product = graph.op('MatMul', [x, graph.constant('float32', [1, 0, 0, 10], [2, 2])])
  graph.output('distances', product, ['rows', 2])
  graph.output('cluster', graph.op('ArgMin', [product], {axis: 1, keepdims: {int: 0}}), ['rows'])
  const first = graph.op('Gather', [product, graph.constant('int64', [0])], {axis: 1})
  graph.output('prediction', first, ['rows', 1])
  return graph.bytes()
}

test('a model gives its outputs for every row, in order, whatever the batch', async () => {
  const opened = await openModel(model())
  const x = Float32Array.from([1, 2, 30, 2, 5, 0.25])
  expect(opened.features).toBe(2)
  for (const batch of [1, 2, 100])
    expect(await opened.predict(x, 3, 2, {batch})).toEqual({
      distances: Float32Array.from([1, 20, 30, 20, 5, 2.5]),
      cluster: Int32Array.from([0, 1, 1]),
      prediction: Float32Array.from([1, 30, 5]),
    })
  await opened.release()
})

test('a model opens from a file', async () => {
  const file = join(await temporaryFolder(), 'model.onnx')
  await writeFile(file, model())
  const opened = await openModel(file)
  const {prediction} = await opened.predict(Float32Array.of(7, 8), 1, 2)
  expect(prediction).toEqual(Float32Array.of(7))
  await opened.release()
})

test('no rows give empty outputs', async () => {
  const opened = await openModel(model())
  expect(await opened.predict(new Float32Array(0), 0, 2)).toEqual({
    distances: new Float32Array(0),
    cluster: new Int32Array(0),
    prediction: new Float32Array(0),
  })
})

test('the wrong number of features, a missing file and a damaged model say what is wrong', async () => {
  const opened = await openModel(model())
  await expect(opened.predict(new Float32Array(9), 3, 3)).rejects.toMatchObject({
    code: 'bad-data',
    message: 'the model takes 2 features and was given 3',
  })
  await expect(openModel('/nowhere/model.onnx')).rejects.toMatchObject({code: 'missing-file'})
  await expect(openModel(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({code: 'damaged'})
})

test('scoring stops between batches when it is cancelled', async () => {
  const opened = await openModel(model())
  const stop = new AbortController()
  let told = 0
  const scoring = opened.predict(new Float32Array(200), 100, 2, {
    batch: 10,
    signal: stop.signal,
    tell: () => {
      if (++told === 3) stop.abort()
    },
  })
  await expect(scoring).rejects.toMatchObject({name: 'AbortError'})
  expect(told).toBe(3)
})
