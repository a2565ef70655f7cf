import * as ort from 'onnxruntime-node'
import {expect, test} from 'vitest'
import {Graph} from '../../../core/onnx/graph.ts'
import {inline} from '../../../core/onnx/inline.ts'

/** x → {y: x · k}, by a subgraph that reads a name from outside. */
function times(k: number): Uint8Array {
  const graph = new Graph()
  const x = graph.input('x', 'float32', ['rows', 1])
  const factor = graph.constant('float32', k)
  const branch = (by: number) => {
    const inner = new Graph(graph)
    const product = inner.op('Mul', [x, factor])
    inner.output(graph.fresh('out'), inner.op('Mul', [product, inner.constant('float32', by)]))
    return {graph: inner}
  }
  const y = graph.op('If', [graph.constant('bool', true)], {
    then_branch: branch(1),
    else_branch: branch(-1),
    elem: 'float32',
  })
  graph.output('y', y, ['rows', 1])
  return graph.bytes()
}

async function run(graph: Graph, feeds: Record<string, number[]>) {
  const session = await ort.InferenceSession.create(graph.bytes(), {logSeverityLevel: 3})
  const given = await session.run(
    Object.fromEntries(
      Object.entries(feeds).map(([name, values]) => [
        name,
        new ort.Tensor('float32', Float32Array.from(values), [values.length, 1]),
      ]),
    ),
  )
  const values = Object.entries(given).map(([name, {data}]) => [
    name,
    Array.from(data as Float32Array),
  ])
  await session.release()
  return Object.fromEntries(values)
}

test('a model computes the same inside a bigger graph, twice over, subgraphs included', async () => {
  const graph = new Graph()
  const a = graph.input('x', 'float32', ['rows', 1])
  const {y: first} = inline(graph, times(3), [a])
  const {y: second} = inline(graph, times(5), [first!])
  graph.output('y', second!)
  expect(await run(graph, {x: [1, 2]})).toEqual({y: [15, 30]})
})

test('an outer column may have any name that the model has inside', async () => {
  const graph = new Graph()
  const name = 'Mul_3'
  const a = graph.input(name, 'float32', ['rows', 1])
  graph.output('y', inline(graph, times(2), [a]).y!)
  expect(await run(graph, {[name]: [4]})).toEqual({y: [8]})
})

test('operator sets of the model come along', async () => {
  const model = new Graph()
  const x = model.input('x', 'float32', ['rows', 1])
  model.output('y', model.op('Scaler', [x], {domain: 'ai.onnx.ml', offset: [1], scale: [2]}))
  const graph = new Graph()
  graph.output('y', inline(graph, model.bytes(), [graph.input('z', 'float32', ['rows', 1])]).y!)
  expect(await run(graph, {z: [4]})).toEqual({y: [6]})
})

test('what does not fit is refused', () => {
  const graph = new Graph()
  const text = graph.input('t', 'string', ['rows', 1])
  expect(() => inline(graph, times(2), [text])).toThrow('"x" is float32, not string')
  expect(() => inline(graph, times(2), [])).toThrow('takes 1 inputs, not 0')
  const old = new Graph()
  const x = old.input('x', 'float32')
  old.output('y', old.op('Neg', [x]))
  expect(() => inline(graph, old.bytes({opset: 15}), [x])).toThrow('opset 15, not 21')
})

test('pruning keeps what the outputs need, also from inside subgraphs', async () => {
  const graph = new Graph()
  const a = graph.input('a', 'float32', ['rows', 1])
  const b = graph.input('b', 'float32', ['rows', 1])
  graph.input('c', 'float32', ['rows', 1])
  graph.op('Mul', [a, b])
  const branch = () => {
    const inner = new Graph(graph)
    inner.output(graph.fresh('out'), inner.op('Neg', [a]))
    return {graph: inner}
  }
  const condition = graph.constant('bool', true)
  const y = graph.op('If', [condition], {
    then_branch: branch(),
    else_branch: branch(),
    elem: 'float32',
  })
  graph.output('y', y, ['rows', 1])
  expect(graph.prune()).toEqual(['a'])
  expect(await run(graph, {a: [1]})).toEqual({y: [-1]})
})
