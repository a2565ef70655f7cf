// Every layer's examples: the same answers as tfjs, and gradients as tfjs and finite differences have them.
import type * as Tf from '@tensorflow/tfjs'
import {expect, test} from 'vitest'
import {Graph} from '../../../../core/onnx/graph.ts'
import {layers} from '../../../../core/train/compiled/layers/index.ts'
import {lowerNetwork} from '../../../../core/train/lower.ts'
import {random} from '../../../../core/train/random.ts'
import {loadTensorflow} from '../../../../core/train/tfjs/load.ts'
import {
  compiled,
  distance,
  featuresOf,
  gradientOf,
  lossOf,
  network,
  rowsFor,
  tensorsOf,
} from './support.ts'

const cases = Object.values(layers).flatMap(({className, examples}) =>
  examples.map(example => ({...example, name: `${className}, ${example.title}`})),
)
const classes = 3

for (const {name, inputs = [[8]], whole, add} of cases) {
  const features = featuresOf(inputs)
  const rows = rowsFor(12, features, {classes, below: whole?.below})

  test(`${name}: scores as tfjs does`, async () => {
    const {tf, model} = await network(inputs, add)
    const graph = new Graph()
    const x = graph.input('x', 'float32', ['rows', features])
    graph.output('y', lowerNetwork(model)(graph, x), ['rows', classes])
    const {InferenceSession, Tensor} = await import('onnxruntime-node')
    const session = await InferenceSession.create(graph.bytes(), {logSeverityLevel: 3})
    const {y} = await session.run({x: new Tensor('float32', rows.x, [rows.rows, features])})
    const wanted = tf.tidy(() =>
      (model.predict(tensorsOf(tf, rows, inputs)) as Tf.Tensor).dataSync(),
    )
    expect(distance(y!.data as Float32Array, wanted)).toBeLessThan(1e-5)
    await session.release()
  })

  test(`${name}: its gradient is that of tfjs and of finite differences`, async () => {
    const {model} = await network(inputs, add)
    const stepper = await compiled(model, {loss: 'cross-entropy', optimizer: 'sgd'}, {features})
    const gradient = await gradientOf(stepper, rows)
    const wanted = await tfjsGradient(model, inputs, rows)
    expect(distance(gradient, wanted)).toBeLessThan(1e-4)
    // Along the gradient and beside it; the differences are of the fourth order.
    const {params, ...rest} = stepper.read()
    const {next} = random(7)
    const scale = Math.hypot(...gradient) / Math.sqrt(gradient.length)
    const beside = gradient.map(g => g + scale * (2 * next() - 1))
    for (const direction of [gradient, beside]) {
      const length = Math.hypot(...direction)
      const along = direction.map(d => d / length)
      const at = async (h: number) => {
        stepper.write({...rest, params: params.map((p, i) => p + h * along[i]!)})
        return lossOf(stepper, rows)
      }
      const h = 0.02
      const slope =
        (8 * ((await at(h)) - (await at(-h))) - ((await at(2 * h)) - (await at(-2 * h)))) / (12 * h)
      const exact = gradient.reduce((sum, g, i) => sum + g * along[i]!, 0)
      expect(Math.abs(slope - exact) / Math.abs(exact)).toBeLessThan(2e-3)
    }
  })
}

async function tfjsGradient(
  model: Awaited<ReturnType<typeof network>>['model'],
  inputs: readonly (readonly number[])[],
  rows: ReturnType<typeof rowsFor>,
) {
  const {tf} = await loadTensorflow()
  const scores = tf.model({inputs: model.inputs, outputs: model.layers.at(-1)!.input})
  const variables = model.trainableWeights.map(w => w.read() as Tf.Variable)
  const {value, grads} = tf.variableGrads(() => {
    const out = scores.apply(tensorsOf(tf, rows, inputs), {training: true}) as Tf.Tensor2D
    const own = tf.oneHot(tf.tensor1d(Int32Array.from(rows.y!), 'int32'), classes)
    return out.logSumExp(1).sub(own.mul(out).sum(1)).mean() as Tf.Scalar
  }, variables)
  const all = variables.flatMap(v => [...grads[v.name]!.dataSync()])
  tf.dispose([value, grads])
  return Float32Array.from(all)
}
