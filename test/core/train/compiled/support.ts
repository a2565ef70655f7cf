// Small networks trained by hand: one step at a time, with gradients to look at.

import type * as Tf from '@tensorflow/tfjs'
import {onTestFinished} from 'vitest'
import type {Matrix, TrainingData} from '../../../../core/plugin.ts'
import {apply} from '../../../../core/train/compiled/layer.ts'
import {compile} from '../../../../core/train/compiled/program.ts'
import {openStepper} from '../../../../core/train/compiled/stepper.ts'
import {random} from '../../../../core/train/random.ts'
import {type RecipeSpec, toRecipe} from '../../../../core/train/recipe.ts'
import type {Stepper} from '../../../../core/train/stepper.ts'
import {tfjsEngine} from '../../../../core/train/tfjs/engine.ts'
import {type Layers, loadTensorflow, type Tensorflow} from '../../../../core/train/tfjs/load.ts'
import {readVector, type Weights, weightsOf} from '../../../../core/train/weights.ts'

export type Shapes = readonly (readonly number[])[]

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
export const featuresOf = (shapes: Shapes) => shapes.reduce((sum, shape) => sum + sizeOf(shape), 0)

/** A model of the example's layers with a head of `outputs` numbers, and every weight drawn from `seed`. */
export async function network(
  shapes: Shapes,
  add: (tf: Tensorflow, inputs: Tf.SymbolicTensor[]) => Tf.SymbolicTensor,
  {
    seed = 1,
    outputs = 3,
    activation = 'softmax',
    fused = false,
    learnedBefore = false,
  }: {
    seed?: number
    outputs?: number
    activation?: 'softmax' | 'linear' | 'sigmoid' | 'softplus'
    /** Whether the activation is a part of the last dense layer instead of a layer of its own. */
    fused?: boolean
    /** Puts a layer that learns before the example, so that a gradient must flow through it. */
    learnedBefore?: boolean
  } = {},
): Promise<{tf: Tensorflow; model: Layers}> {
  const {tf} = await loadTensorflow()
  const inputs = shapes.map(shape => tf.input({shape: [...shape]}))
  const given = learnedBefore
    ? inputs.map(input => apply(tf.layers.dense({units: input.shape.at(-1)!}), input))
    : inputs
  const middle = add(tf, given)
  const flat = middle.shape.length > 2 ? apply(tf.layers.flatten(), middle) : middle
  const end = fused
    ? apply(tf.layers.dense({units: outputs, activation}), flat)
    : apply(tf.layers.activation({activation}), apply(tf.layers.dense({units: outputs}), flat))
  const model = tf.model({inputs, outputs: end})
  draw(tf, model, seed)
  onTestFinished(() => {
    model.dispose()
  })
  return {tf, model}
}

/** Draws every weight: none is left at the zero or one that would hide a mistake. */
export function draw(tf: Tensorflow, model: Layers, seed: number) {
  const {next} = random(seed)
  tf.tidy(() => {
    model.setWeights(
      model.weights.map(weight => {
        const {shape} = weight as unknown as {shape: number[]}
        const positive = /variance|gamma/.test(weight.originalName)
        const fan = Math.sqrt(Math.max(1, sizeOf(shape) / (shape.at(-1) ?? 1)))
        return tf.tensor(
          Float32Array.from({length: sizeOf(shape)}, () =>
            positive ? 0.5 + next() : ((2 * next() - 1) / fan) * 1.5,
          ),
          shape,
        )
      }),
    )
  })
}

/** Rows of random features, with a class (below `classes`), a count or a number as target. */
export function rowsFor(
  rows: number,
  features: number,
  {
    seed = 2,
    classes,
    counts = false,
    weighted = false,
    below,
    spread = 1,
  }: {
    seed?: number
    classes?: number | undefined
    counts?: boolean
    weighted?: boolean
    below?: number | undefined
    spread?: number | undefined
  } = {},
): Matrix {
  const {next} = random(seed)
  return {
    rows,
    x: Float32Array.from({length: rows * features}, () =>
      below ? Math.floor(next() * below) : spread * (2 * next() - 1),
    ),
    y: Float32Array.from({length: rows}, () =>
      classes || counts ? Math.floor(next() * (classes ?? 6)) : 2 * next() - 1,
    ),
    ...(weighted ? {weights: Float32Array.from({length: rows}, () => 2 * next())} : {}),
  }
}

/** The model in ONNX Runtime, ready for steps of a recipe. */
export async function compiled(
  model: Layers,
  spec: RecipeSpec,
  {
    features,
    weighted = false,
    seed = 1,
    trials = 1,
    threads,
  }: {features: number; weighted?: boolean; seed?: number; trials?: number; threads?: number},
): Promise<Stepper> {
  const recipe = toRecipe(spec)
  const program = compile({model, recipe, features, weighted, trials})
  const classifies = recipe.loss.endsWith('cross-entropy')
  const stepper = await openStepper(program, {
    recipe,
    seed,
    features,
    weighted,
    classifies,
    ...(threads ? {threads} : {}),
  })
  onTestFinished(() => stepper.dispose())
  return stepper
}

/** The same model in TensorFlow.js. Close one engine's steps before the other's: they share its weights. */
export async function reference(
  model: Layers,
  spec: RecipeSpec,
  {classes, seed = 1}: {classes?: number | undefined; seed?: number} = {},
): Promise<Stepper> {
  const names = classes && Array.from({length: classes}, (_, k) => `c${k}`)
  const data: TrainingData = {
    task: names ? 'classification' : 'regression',
    features: [],
    ...(names ? {classes: names} : {}),
    train: {rows: 0, x: new Float32Array(0)},
  }
  const stepper = await tfjsEngine.open({model, recipe: toRecipe(spec), data, seed})
  onTestFinished(() => stepper.dispose())
  return stepper
}

/** One step of plain descent on all rows, of several networks of one shape side by side. Gives each one's parameters. */
export async function stepTrials(
  models: readonly Layers[],
  spec: RecipeSpec,
  {rows, rate, features}: {rows: Matrix; rate: number; features: number},
): Promise<Float32Array[]> {
  const {InferenceSession, Tensor} = await import('onnxruntime-node')
  const trials = models.length
  const recipe = toRecipe({...spec, optimizer: 'sgd'})
  const program = compile({model: models[0]!, recipe, features, weighted: false, trials})
  const session = await InferenceSession.create(program.bytes, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  })
  onTestFinished(() => session.release())
  const float32 = (values: ArrayLike<number>, dims: number[]) =>
    new Tensor('float32', Float32Array.from(values), dims)
  const int32 = (values: number[], dims: number[]) =>
    new Tensor('int32', Int32Array.from(values), dims)
  const pairs = (values: number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [values.length / 2, 2])
  const int64 = (value: number) => new Tensor('int64', BigInt64Array.of(BigInt(value)), [])
  const stacked = (part: keyof Weights) => {
    const vectors = models.map(model => readVector(weightsOf(model)[part]))
    return float32(
      vectors.flatMap(vector => [...vector]),
      [trials, vectors[0]!.length],
    )
  }
  const given = {
    x: float32(rows.x, [rows.rows, features]),
    y: float32(rows.y!, [rows.rows]),
    order: int32(
      Array.from({length: rows.rows}, (_, i) => i),
      [rows.rows],
    ),
    ranges: pairs([0, rows.rows]),
    steps: float32(new Array(2 * trials).fill(rate), [1, 2, trials]),
    count: int64(1),
    params: stacked('learned'),
    kept: stacked('kept'),
    vx: float32(rows.x, [rows.rows, features]),
    vy: float32(rows.y!, [rows.rows]),
    vranges: pairs([]),
    vcount: int64(0),
  }
  const wanted = Object.entries(given).filter(([name]) => session.inputNames.includes(name))
  const {new_params} = await session.run(Object.fromEntries(wanted))
  const all = new_params!.data as Float32Array
  const size = all.length / trials
  return models.map((_, i) => all.subarray(i * size, (i + 1) * size))
}

/** One step on all rows at once. */
export const stepOnAll = (stepper: Stepper, rows: Matrix, {rate = 0.1, first = 1} = {}) =>
  stepper.step({
    rows,
    order: Int32Array.from({length: rows.rows}, (_, i) => i),
    ranges: Int32Array.of(0, rows.rows),
    first,
    rates: Float64Array.of(rate),
  })

/** The training loss as it is now, without a step. */
export async function lossOf(stepper: Stepper, rows: Matrix): Promise<number> {
  const before = stepper.read()
  const [measured] = await stepOnAll(stepper, rows, {rate: 0})
  stepper.write(before)
  return measured!.loss
}

/** The gradient of the mean loss over all rows: what one step of plain descent at rate 1 takes off. */
export async function gradientOf(stepper: Stepper, rows: Matrix): Promise<Float32Array> {
  const before = stepper.read()
  await stepOnAll(stepper, rows, {rate: 1})
  const {params} = stepper.read()
  stepper.write(before)
  return before.params.map((p, i) => p - params[i]!)
}

/** ‖a − b‖ / ‖b‖. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [apart, whole] = [0, 0]
  for (let i = 0; i < b.length; i++) {
    apart += (a[i]! - b[i]!) ** 2
    whole += b[i]! ** 2
  }
  return Math.sqrt(apart / Math.max(whole, 1e-30))
}

/** The rows as the tensors that the model takes, one for each of its inputs. */
export function tensorsOf(tf: Tensorflow, {rows, x}: Matrix, shapes: Shapes): Tf.Tensor[] {
  const features = featuresOf(shapes)
  const all = tf.tensor2d(x, [rows, features])
  let at = 0
  return shapes.map(shape => {
    const part = all.slice([0, at], [rows, sizeOf(shape)]).reshape([rows, ...shape])
    at += sizeOf(shape)
    return part
  })
}

/** The gradient of the mean cross-entropy as tfjs has it, on the backend that is set. */
export async function tfjsGradient(model: Layers, shapes: Shapes, rows: Matrix) {
  const {tf} = await loadTensorflow()
  const scores = tf.model({inputs: model.inputs, outputs: model.layers.at(-1)!.input})
  const variables = model.trainableWeights.map(w => w.read() as Tf.Variable)
  const {value, grads} = tf.variableGrads(() => {
    const out = scores.apply(tensorsOf(tf, rows, shapes), {training: true}) as Tf.Tensor2D
    const own = tf.oneHot(tf.tensor1d(Int32Array.from(rows.y!), 'int32'), out.shape[1])
    return out.logSumExp(1).sub(own.mul(out).sum(1)).mean() as Tf.Scalar
  }, variables)
  const all = variables.flatMap(v => [...grads[v.name]!.dataSync()])
  tf.dispose([value, grads])
  return Float32Array.from(all)
}
