// Every layer's examples: the same answers as tfjs, and gradients as tfjs and finite differences have them.
import type * as Tf from '@tensorflow/tfjs'
import {beforeAll, expect, test} from 'vitest'
import {Graph} from '../../../../core/onnx/graph.ts'
import {layers} from '../../../../core/train/compiled/layers/index.ts'
import {refusal} from '../../../../core/train/compiled/network.ts'
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
  stepOnAll,
  stepTrials,
  tensorsOf,
  tfjsGradient,
} from './support.ts'

const cases = Object.values(layers).flatMap(({className, trials, examples}) =>
  examples.map(example => ({
    ...example,
    className,
    trials,
    name: `${className}, ${example.title}`,
  })),
)
const classes = 3

// The one backend of tfjs that has the gradients of all layers.
beforeAll(async () => {
  const {tf} = await loadTensorflow()
  await tf.setBackend('cpu')
})

for (const {name, inputs = [[8]], whole, spread, peerless, className, trials, add} of cases) {
  const features = featuresOf(inputs)
  const rows = rowsFor(12, features, {classes, below: whole?.below, spread})
  const learnedBefore = !whole

  test(`${name}: scores as tfjs does`, async () => {
    const {tf, model} = await network(inputs, add, {learnedBefore})
    const graph = new Graph()
    const x = graph.input('x', 'float32', ['rows', features])
    graph.output('y', lowerNetwork(model)(graph, x), ['rows', classes])
    const {InferenceSession, Tensor} = await import('onnxruntime-node')
    const session = await InferenceSession.create(graph.bytes(), {
      intraOpNumThreads: 1,
      logSeverityLevel: 3,
    })
    const scores = async (n: number) => {
      const x = rows.x.slice(0, n * features)
      const {y} = await session.run({x: new Tensor('float32', x, [n, features])})
      return y!.data as Float32Array
    }
    const wanted = tf.tidy(() =>
      (model.predict(tensorsOf(tf, rows, inputs)) as Tf.Tensor).dataSync(),
    )
    expect(distance(await scores(rows.rows), wanted)).toBeLessThan(1e-5)
    expect(distance(await scores(1), wanted.slice(0, classes))).toBeLessThan(1e-5)
    await session.release()
  })

  test(`${name}: its gradient is that of tfjs and of finite differences`, async () => {
    const {model} = await network(inputs, add, {learnedBefore})
    const stepper = await compiled(
      model,
      {loss: 'cross-entropy', optimizer: 'sgd'},
      {features, threads: 1},
    )
    const gradient = await gradientOf(stepper, rows)
    if (!peerless)
      expect(distance(gradient, await tfjsGradient(model, inputs, rows))).toBeLessThan(1e-4)
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

  if (!trials) continue

  test(`${name}: three trained together are three trained alone`, async context => {
    const models = []
    for (const seed of [1, 2, 3])
      models.push((await network(inputs, add, {learnedBefore, seed})).model)
    const reason = refusal(models[0]!, 3)
    if (reason) {
      // A layer around it may know no trials.
      expect(String(reason)).not.toContain(`a ${className} layer`)
      context.skip(String(reason))
    }
    const recipe = {loss: 'cross-entropy', optimizer: 'sgd'} as const
    const together = await stepTrials(models, recipe, {rows, rate: 0.5, features})
    for (const [i, model] of models.entries()) {
      const stepper = await compiled(model, recipe, {features, threads: 1})
      const before = stepper.read().params
      await stepOnAll(stepper, rows, {rate: 0.5})
      const alone = stepper.read().params
      const moved = (after: Float32Array) => after.map((p, k) => p - before[k]!)
      expect(distance(moved(together[i]!), moved(alone))).toBeLessThan(1e-5)
    }
  })
}
