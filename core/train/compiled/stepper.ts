// A compiled training in ONNX Runtime, as a course drives it.
import type {InferenceSession, Tensor as OrtTensor} from 'onnxruntime-node'
import {AppError} from '../../error.ts'
import type {Matrix} from '../../plugin.ts'
import {batches} from '../batches.ts'
import {mix, random} from '../random.ts'
import type {Recipe} from '../recipe.ts'
import {average, copyOf, type Measure, type Snapshot, type Stepper, type Steps} from '../stepper.ts'
import {readVector} from '../weights.ts'
import {drawBanks} from './masks.ts'
import {stepNumbers} from './optimizer.ts'
import {optimizers} from './optimizers/index.ts'
import type {Program} from './program.ts'

type Options = {
  recipe: Recipe
  seed: number
  features: number
  weighted: boolean
  classifies: boolean
  /** ONNX Runtime's execution provider. */
  provider?: 'cpu' | 'webgpu' | 'cuda' | 'dml'
  threads?: number
}

/** How many rows one turn of the measuring loop looks at. */
const block = 4096

/** Opens a program in ONNX Runtime. Throws `not-available` where the provider does not start. */
export async function openStepper(program: Program, options: Options): Promise<Stepper> {
  const {InferenceSession, Tensor} = await import('onnxruntime-node')
  const {recipe, seed, features, weighted, classifies, provider = 'cpu', threads} = options
  const session = await InferenceSession.create(program.bytes, {
    executionProviders: [provider],
    // One level more would turn the convolutions with fixed kernels and the pools into blocked ones, and pay
    // for it by reordering what goes in and out: the convolutions that learn stay as they are.
    graphOptimizationLevel: provider === 'cpu' ? 'extended' : 'all',
    logSeverityLevel: 3,
    ...(threads ? {intraOpNumThreads: threads} : {}),
  }).catch(cause => {
    throw new AppError(
      'not-available',
      `the ${provider} provider did not start: ${cause.message}`,
      {cause},
    )
  })
  const {masks, slots} = program
  const {learned, kept} = program.weights
  const optimizer = optimizers[recipe.optimizer]!
  const banks = drawBanks(masks, seed)
  let state: Snapshot = {
    params: readVector(learned),
    ...(recipe.ema > 0 ? {average: readVector(learned)} : {}),
    slots: slots.map(value => new Float32Array(learned.size).fill(value)),
    kept: readVector(kept),
  }
  const wide = stepNumbers(recipe, optimizer, 0, 1).length
  const none = nothing(features, weighted)

  return {
    device: provider,
    step,
    measure,
    read: () => copyOf(state),
    write,
    dispose: () => session.release(),
  }

  async function step({rows, order, ranges, first, rates}: Steps): Promise<Measure[]> {
    const k = rates.length
    const steps = new Float32Array(k * wide)
    for (let i = 0; i < k; i++)
      steps.set(stepNumbers(recipe, optimizer, rates[i]!, first + i), i * wide)
    const found = await run({
      ...data('', rows),
      order: int32(order),
      ranges: int32(ranges, [k, 2]),
      steps: float32(steps, [k, wide]),
      count: int64(k),
      ...(masks.reads.length > 0
        ? {offsets: int32(offsets(first, k), [k, masks.reads.length])}
        : {}),
      ...data('v', none),
      vranges: int32(new Int32Array(0), [0, 2]),
      vcount: int64(0),
    })
    return measures(found.loss!, found.hits!, ranges)
  }

  async function measure(rows: Matrix): Promise<Measure> {
    const ranges = Int32Array.from(batches(rows.rows, block).flatMap(({from, to}) => [from, to]))
    const k = ranges.length / 2
    const found = await run({
      ...data('', none),
      order: int32(new Int32Array(0)),
      ranges: int32(new Int32Array(0), [0, 2]),
      steps: float32(new Float32Array(0), [0, wide]),
      count: int64(0),
      ...(masks.reads.length > 0
        ? {offsets: int32(new Int32Array(0), [0, masks.reads.length])}
        : {}),
      ...data('v', rows),
      vranges: int32(ranges, [k, 2]),
      vcount: int64(k),
    })
    return average(measures(found.vloss!, found.vhits!, ranges))
  }

  async function run(feeds: InferenceSession.FeedsType): Promise<InferenceSession.ReturnType> {
    const found = await session.run({
      ...feeds,
      params: float32(state.params),
      ...(state.average ? {average: float32(state.average)} : {}),
      ...Object.fromEntries(state.slots.map((slot, i) => [`slot_${i}`, float32(slot)])),
      ...(kept.size > 0 ? {kept: float32(state.kept)} : {}),
      ...Object.fromEntries(banks.map((bank, i) => [`bank_${i}`, float32(bank)])),
    })
    const vector = (name: string) => found[name]!.data as Float32Array
    state = {
      params: vector('new_params'),
      ...(state.average ? {average: vector('new_average')} : {}),
      slots: state.slots.map((_, i) => vector(`new_slot_${i}`)),
      kept: kept.size > 0 ? vector('new_kept') : state.kept,
    }
    return found
  }

  function data(prefix: string, {rows, x, y, weights}: Matrix): InferenceSession.FeedsType {
    return {
      [`${prefix}x`]: float32(x, [rows, features]),
      [`${prefix}y`]: float32(y!),
      ...(weighted ? {[`${prefix}w`]: float32(weights ?? new Float32Array(rows).fill(1))} : {}),
    }
  }

  // Of the seed and the step alone, so that a training that is taken up again draws the same masks.
  function offsets(first: number, k: number): Int32Array {
    const drawn = new Int32Array(k * masks.reads.length)
    for (let i = 0, at = 0; i < k; i++) {
      const {below} = random(mix(seed, first + i))
      for (const {bank, most} of masks.reads) drawn[at++] = below(banks[bank]!.length - most)
    }
    return drawn
  }

  function measures(loss: OrtTensor, hits: OrtTensor, ranges: Int32Array): Measure[] {
    const [l, h] = [loss.data as Float32Array, hits.data as Float32Array]
    return Array.from(l, (value, i) => ({
      rows: ranges[2 * i + 1]! - ranges[2 * i]!,
      loss: value,
      ...(classifies ? {accuracy: h[i]!} : {}),
    }))
  }

  function write(snapshot: Snapshot) {
    state = copyOf(snapshot)
  }

  function float32(values: Float32Array, dims: number[] = [values.length]) {
    return new Tensor('float32', values, dims)
  }
  function int32(values: Int32Array, dims: number[] = [values.length]) {
    return new Tensor('int32', values, dims)
  }
  function int64(value: number) {
    return new Tensor('int64', BigInt64Array.of(BigInt(value)), [])
  }
}

const nothing = (features: number, weighted: boolean): Matrix => ({
  rows: 1,
  x: new Float32Array(features),
  y: new Float32Array(1),
  ...(weighted ? {weights: new Float32Array(1)} : {}),
})
