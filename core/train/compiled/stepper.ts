// A compiled training in ONNX Runtime, as a course drives it: many steps a call, in the graph's own loop.
import type {InferenceSession, Tensor as OrtTensor} from 'onnxruntime-node'
import type {Matrix} from '../../plugin.ts'
import {batches} from '../batches.ts'
import {average, copyOf, type Measure, type Snapshot, type Stepper, type Steps} from '../stepper.ts'
import {type FeedOptions, feeder, nothing} from './feeds.ts'
import type {Program} from './program.ts'
import {openSession, type Provider, runSession} from './session.ts'
import {initial, renewed, vectorsOf} from './state.ts'

export type Options = FeedOptions & {
  classifies: boolean
  provider?: Exclude<Provider, 'webgpu'>
  threads?: number | undefined
}

/** How many rows one turn of the measuring loop looks at. */
export const block = 4096

/** Opens a program of the form `loop`. Throws as `openSession` does. */
export async function openStepper(program: Program, options: Options): Promise<Stepper> {
  const {features, weighted, classifies, provider = 'cpu', threads} = options
  const session = await openSession(program.bytes, {provider, threads})
  const feed = await feeder(program, options)
  let state = initial(program)
  // On the CPU a tensor is the array itself: no copy is made of the rows, however many there are.
  const none = nothing(features, weighted)
  const idle = {
    steps: {...feed.noSteps(), ...feed.rows('', none), count: feed.int64(0)},
    measure: {
      ...feed.rows('v', none),
      vranges: feed.pairs(new Int32Array(0)),
      vcount: feed.int64(0),
    },
  }
  const banks = feed.banks()

  return {
    device: provider,
    step,
    measure,
    read: () => copyOf(state),
    write(snapshot: Snapshot) {
      state = copyOf(snapshot)
    },
    dispose: () => session.release(),
  }

  async function step({rows, ...steps}: Steps): Promise<Measure[]> {
    const found = await run({
      ...idle.measure,
      ...feed.rows('', rows),
      ...feed.steps(steps),
      count: feed.int64(steps.rates.length),
    })
    return measures(found.loss!, found.hits!, steps.ranges)
  }

  async function measure(rows: Matrix): Promise<Measure> {
    const ranges = Int32Array.from(batches(rows.rows, block).flatMap(({from, to}) => [from, to]))
    const found = await run({
      ...idle.steps,
      ...feed.rows('v', rows),
      vranges: feed.pairs(ranges),
      vcount: feed.int64(ranges.length / 2),
    })
    return average(measures(found.vloss!, found.vhits!, ranges))
  }

  async function run(feeds: InferenceSession.FeedsType): Promise<InferenceSession.ReturnType> {
    const found = await runSession(session, provider, {
      ...feeds,
      ...banks,
      ...feed.vectors(vectorsOf(state)),
    })
    state = renewed(state, name => found[`new_${name}`]!.data as Float32Array)
    return found
  }

  function measures(loss: OrtTensor, hits: OrtTensor, ranges: Int32Array): Measure[] {
    const [l, h] = [loss.data as Float32Array, hits.data as Float32Array]
    return Array.from(l, (value, i) => ({
      rows: ranges[2 * i + 1]! - ranges[2 * i]!,
      loss: value,
      ...(classifies ? {accuracy: h[i]!} : {}),
    }))
  }
}
