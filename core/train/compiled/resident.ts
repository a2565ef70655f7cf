// A compiled training on WebGPU, as a course drives it: rows and masks stay on the GPU, and so does the state
// from step to step of one call. At the end of a call the state comes back, so that a lost GPU costs one call.
import type {InferenceSession, Tensor as OrtTensor} from 'onnxruntime-node'
import {Graph} from '../../onnx/graph.ts'
import type {Matrix} from '../../plugin.ts'
import {batches} from '../batches.ts'
import {average, copyOf, type Measure, type Snapshot, type Stepper, type Steps} from '../stepper.ts'
import {type FeedOptions, type Feeds, feeder} from './feeds.ts'
import type {Program} from './program.ts'
import {openSession, runSession} from './session.ts'
import {initial, renewed, vectorsOf} from './state.ts'
import {block} from './stepper.ts'

const provider = 'webgpu'
/** So many matrices stay on the GPU: the training rows and those to measure on. */
const most = 2

/** Opens programs of the forms `step` and `measure`. Throws as `openSession` does. */
export async function openResident(
  programs: {step: Program; measure: Program},
  options: FeedOptions & {classifies: boolean},
): Promise<Stepper> {
  const {classifies} = options
  const feed = await feeder(programs.step, options)
  let state = initial(programs.step)
  const names = Object.keys(vectorsOf(state))
  const sessions: InferenceSession[] = []
  const close = async () => {
    for (const session of sessions) await session.release()
  }
  const open = async (bytes: Uint8Array, {resident}: {resident: boolean}) => {
    const session = await openSession(bytes, {provider, resident}).catch(async error => {
      await close()
      throw error
    })
    sessions.push(session)
    return (feeds: Feeds) => runSession(session, provider, feeds)
  }
  const takeStep = await open(programs.step.bytes, {resident: true})
  const takeMeasure = await open(programs.measure.bytes, {resident: false})
  const upload = await open(passing(['t']), {resident: true})
  const download = await open(passing([...names, 'told']), {resident: false})
  const onGpu = new Map<Matrix, Feeds>()
  const banks = await uploaded(feed.banks())

  return {
    device: provider,
    step,
    measure,
    read: () => copyOf(state),
    write(snapshot: Snapshot) {
      state = copyOf(snapshot)
    },
    async dispose() {
      for (const tensors of [banks, ...onGpu.values()]) free(tensors)
      onGpu.clear()
      await close()
    },
  }

  async function step({rows, order, ranges, first, rates}: Steps): Promise<Measure[]> {
    const data = renamed('', await resident(rows))
    // The same few sizes again and again, for each of which a GPU compiles.
    const columns = 2 ** Math.ceil(Math.log2(rates.length + 1))
    let now: Feeds = {
      ...feed.vectors(vectorsOf(state)),
      told: feed.float32(new Float32Array(2 * columns), [2, columns]),
    }
    for (const [i, rate] of rates.entries()) {
      const found = await takeStep({
        ...data,
        ...banks,
        ...now,
        ...feed.steps({
          order,
          ranges: ranges.subarray(2 * i, 2 * i + 2),
          first: first + i,
          rates: Float64Array.of(rate),
        }),
        mark: feed.float32(new Float32Array(columns).fill(1, i, i + 1)),
      })
      if (i > 0) free(now)
      now = Object.fromEntries(
        [...names, 'told'].map(name => [name, found[`new_${name}`] as OrtTensor]),
      )
    }
    const found = await download(now)
    free(now)
    const vector = (name: string) => found[`${name}_out`]!.data as Float32Array
    state = renewed(state, vector)
    const told = vector('told')
    return Array.from(rates, (_, i) =>
      measured(ranges[2 * i + 1]! - ranges[2 * i]!, told[i]!, told[columns + i]!),
    )
  }

  async function measure(rows: Matrix): Promise<Measure> {
    const data = renamed('v', await resident(rows))
    const {average: averaged, params, kept} = state
    const weights = await uploaded(
      feed.vectors({
        params: averaged ?? params,
        ...(kept.length > 0 ? {kept} : {}),
      }),
    )
    const found: Measure[] = []
    for (const {from, to} of batches(rows.rows, block)) {
      const {vloss, vhits} = await takeMeasure({
        ...data,
        ...weights,
        vranges: feed.pairs(Int32Array.of(from, to)),
      })
      const one = (t: InferenceSession.OnnxValueMapType[string]) => (t.data as Float32Array)[0]!
      found.push(measured(to - from, one(vloss!), one(vhits!)))
    }
    free(weights)
    return average(found)
  }

  function measured(rows: number, loss: number, hits: number): Measure {
    return {rows, loss, ...(classifies ? {accuracy: hits} : {})}
  }

  // The rows as they lie on the GPU, brought there when they are new.
  async function resident(rows: Matrix): Promise<Feeds> {
    const known = onGpu.get(rows)
    if (known) return known
    for (const [old, tensors] of onGpu) {
      if (onGpu.size < most) break
      free(tensors)
      onGpu.delete(old)
    }
    const tensors = await uploaded(feed.rows('', rows))
    onGpu.set(rows, tensors)
    return tensors
  }

  async function uploaded(tensors: Feeds): Promise<Feeds> {
    const on: Feeds = {}
    for (const [name, t] of Object.entries(tensors))
      on[name] = (await upload({t})).t_out as OrtTensor
    return on
  }
}

function free(tensors: Feeds) {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

const renamed = (prefix: string, tensors: Feeds): Feeds =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]))

/** A graph that hands float32 tensors of any shape through, each to `<name>_out`: a way onto the GPU, or off it. */
function passing(names: readonly string[]): Uint8Array {
  const graph = new Graph()
  for (const name of names) graph.output(`${name}_out`, graph.input(name, 'float32'))
  return graph.bytes()
}
