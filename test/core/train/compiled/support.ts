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
  }: {
    seed?: number
    outputs?: number
    activation?: 'softmax' | 'linear' | 'sigmoid' | 'softplus'
    /** Whether the activation is a part of the last dense layer instead of a layer of its own. */
    fused?: boolean
  } = {},
): Promise<{tf: Tensorflow; model: Layers}> {
  const {tf} = await loadTensorflow()
  const inputs = shapes.map(shape => tf.input({shape: [...shape]}))
  const middle = add(tf, inputs)
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
  }: {
    seed?: number
    classes?: number | undefined
    counts?: boolean
    weighted?: boolean
    below?: number | undefined
  } = {},
): Matrix {
  const {next} = random(seed)
  return {
    rows,
    x: Float32Array.from({length: rows * features}, () =>
      below ? Math.floor(next() * below) : 2 * next() - 1,
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
  {features, weighted = false, seed = 1}: {features: number; weighted?: boolean; seed?: number},
): Promise<Stepper> {
  const recipe = toRecipe(spec)
  const program = compile({model, recipe, features, weighted})
  const classifies = recipe.loss.endsWith('cross-entropy')
  const stepper = await openStepper(program, {recipe, seed, features, weighted, classifies})
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
