// Where a training runs over its whole life: chosen once, kept with its checkpoints, left only when it is lost.
// The GPU is a stand-in that computes on the CPU, so that the same numbers must come out wherever it is lost.

import {afterEach, expect, test, vi} from 'vitest'
import {AppError} from '../../../core/error.ts'
import type {Checkpoints} from '../../../core/plugin.ts'
import {compiledEngine} from '../../../core/train/compiled/engine.ts'
import {presentDevices} from '../../../core/train/device.ts'
import type {Stepper} from '../../../core/train/stepper.ts'
import {english, verbatim} from '../../../core/words/says.ts'
import {blobs, data, type Fit, learn, matrix} from '../models/support.ts'

const params = {
  hidden: [6],
  batchNorm: true,
  dropout: 0.3,
  epochs: 5,
  batchSize: 10,
  patience: 3,
  ema: 0.9,
}
const onGpu = {...params, engine: 'webgpu'}
const {x, y} = blobs({rows: 90})
const given = data('classification', matrix(x, y), 3)
const here = (await presentDevices()).includes('webgpu')

afterEach(() => {
  vi.restoreAllMocks()
})

/** A GPU that takes so many calls and is lost then; or one that does not start. Gives the devices opened. */
function gpu(calls: number | 'none') {
  const opened: string[] = []
  const open = compiledEngine.open
  vi.spyOn(compiledEngine, 'open').mockImplementation(async (training, on) => {
    const device = on?.device ?? 'cpu'
    opened.push(device)
    if (device === 'cpu') return open(training, on)
    if (calls === 'none')
      throw new AppError('not-available', verbatim(`${device} did not start: no adapter`))
    const inner = await open(training, {device: 'cpu'})
    let left = calls
    const take = () => {
      if (left-- <= 0) throw new Error('WebGPU device lost: unplugged')
    }
    return {
      ...inner,
      device,
      step: async steps => {
        take()
        return inner.step(steps)
      },
      measure: async rows => {
        take()
        return inner.measure(rows)
      },
    } satisfies Stepper
  })
  return opened
}

/** Keeps every checkpoint, and begins with `first`. */
function kept(first?: Uint8Array) {
  const all: Uint8Array[] = []
  const checkpoints: Checkpoints = {
    version: 'test',
    due: () => true,
    read: async () => first,
    write: async bytes => void all.push(bytes),
  }
  return {checkpoints, all}
}

const same = (fitted: Fit, whole: Fit) => {
  expect(Buffer.from(fitted.bytes).equals(whole.bytes)).toBe(true)
  expect(fitted.curve).toEqual(whole.curve)
}
const lost = expect.stringMatching(
  /^the GPU \(webgpu\) was lost in epoch \d \(WebGPU device lost: unplugged\); continued on the CPU$/,
)
const again = expect.stringContaining('broken off')

test.runIf(here)(
  'a GPU that is lost in mid-run is told, and costs nothing that it had done',
  async () => {
    const whole = await learn('mlp', params, given)
    const opened = gpu(5)
    const fitted = await learn('mlp', onGpu, given)
    same(fitted, whole)
    expect(fitted.warnings!.map(english)).toEqual([lost])
    expect(fitted.engine).toBe('compiled·cpu')
    expect(fitted.because!.map(english)).toEqual(['webgpu was asked for'])
    expect(opened).toEqual(['webgpu', 'cpu'])
  },
)

test.runIf(here)(
  'a checkpoint goes on on the device that wrote it, without a new choice',
  async () => {
    gpu(1000)
    const {checkpoints, all} = kept()
    const whole = await learn('mlp', onGpu, given, {checkpoints})
    expect(whole.engine).toBe('compiled·webgpu')
    expect(whole.because!.map(english)).toEqual(['webgpu was asked for'])
    vi.restoreAllMocks()
    const opened = gpu(1000)
    // Whatever would be chosen today.
    const fitted = await learn('mlp', params, given, kept(all[3]))
    same(fitted, whole)
    expect([fitted.engine, fitted.because]).toEqual(['compiled·webgpu', []])
    expect(fitted.warnings!.map(english)).toEqual([again])
    expect(opened).toEqual(['webgpu'])
  },
)

test.runIf(here)(
  'a checkpoint of a device that is gone goes on on the CPU, and the run says so',
  async () => {
    gpu(1000)
    const {checkpoints, all} = kept()
    const whole = await learn('mlp', onGpu, given, {checkpoints})
    vi.restoreAllMocks()
    const opened = gpu('none')
    const fitted = await learn('mlp', onGpu, given, kept(all[3]))
    same(fitted, whole)
    expect(opened).toEqual(['webgpu', 'cpu'])
    expect(fitted.warnings!.map(english)).toEqual([
      'the training was begun on webgpu, which does not start any more (webgpu did not start: no adapter); continued on cpu',
      again,
    ])
  },
)

test.runIf(here)(
  'a checkpoint that was written after a loss stays where it was, and remembers the loss',
  async () => {
    gpu(3)
    const {checkpoints, all} = kept()
    const whole = await learn('mlp', onGpu, given, {checkpoints})
    expect(whole.warnings!.map(english)).toEqual([lost])
    vi.restoreAllMocks()
    const opened = gpu(1000)
    const fitted = await learn('mlp', onGpu, given, kept(all.at(-2)))
    same(fitted, whole)
    expect(opened).toEqual(['cpu'])
    expect(fitted.warnings!.map(english)).toEqual([lost, again])
  },
)

test('a checkpoint of one engine is none of the other', async () => {
  const {checkpoints, all} = kept()
  await learn('mlp', params, given, {checkpoints})
  const fitted = await learn('mlp', {...params, engine: 'tfjs'}, given, kept(all[3]))
  expect(fitted.warnings!.map(english)).toEqual([
    expect.stringContaining('of another engine or recipe'),
  ])
})

test('a training that needs more memory than it may use is refused before it begins', async () => {
  const large = {...params, hidden: [4000, 4000]}
  await expect(learn('mlp', large, given, {memory: 200})).rejects.toMatchObject({
    code: 'out-of-memory',
    message: expect.stringContaining('the network needs at least'),
  })
  await expect(learn('mlp', params, given, {memory: 200})).resolves.toBeTruthy()
})
