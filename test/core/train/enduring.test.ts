// A GPU that is lost in mid-run: what it had done stays done, and the CPU goes on from there.

import {expect, onTestFinished, test} from 'vitest'
import {network} from '../../../core/models/lib/network.ts'
import {openCompiled} from '../../../core/train/compiled/open.ts'
import {course} from '../../../core/train/course.ts'
import {enduring} from '../../../core/train/enduring.ts'
import {toRecipe} from '../../../core/train/recipe.ts'
import type {Stepper} from '../../../core/train/stepper.ts'
import {loadTensorflow} from '../../../core/train/tfjs/load.ts'
import {english} from '../../../core/words/says.ts'
import {rowsFor} from './compiled/support.ts'

const features = 4
const recipe = toRecipe({loss: 'cross-entropy', batchSize: 10, epochs: 6})
const data = {
  task: 'classification' as const,
  features: ['a', 'b', 'c', 'd'],
  classes: ['0', '1', '2'],
  train: rowsFor(60, features, {classes: 3}),
  validation: rowsFor(20, features, {classes: 3, seed: 3}),
}
const perEpoch = 6
const context = {seed: 1, signal: new AbortController().signal, tell: () => {}, log: () => {}}

async function stepper(): Promise<Stepper> {
  const {tf} = await loadTensorflow()
  const spec = {inputs: features, hidden: [8], activation: 'tanh', batchNorm: true} as const
  const model = network(tf, {...spec, dropout: 0.2, outputs: 3, ends: 'softmax'}, 1)
  const opened = await openCompiled({
    ...{model, recipe, features, seed: 1},
    ...{weighted: false, classifies: true},
  })
  onTestFinished(async () => {
    model.dispose()
    await opened.dispose().catch(() => undefined)
  })
  return opened
}

/** A device that is lost at the n-th call, as ONNX Runtime tells it, and answers nothing afterwards. */
async function losing(n: number): Promise<Stepper> {
  const inner = await stepper()
  let calls = 0
  const lose = () => {
    if (++calls >= n) throw new Error('WebGPU device lost: (2) the adapter was removed\n  at run()')
  }
  return {
    ...inner,
    device: 'webgpu',
    async step(steps) {
      lose()
      return inner.step(steps)
    },
    async measure(rows) {
      lose()
      return inner.measure(rows)
    },
    async dispose() {
      throw new Error('the device is gone')
    },
  }
}

// Calls go in the order step, measure: one of each an epoch.
for (const [call, epoch] of [
  [1, 1],
  [2, 1],
  [7, 4],
  [12, 6],
] as const)
  test(`a GPU lost at call ${call} costs that call alone: the CPU ends with the same weights`, async () => {
    const whole = await course(await stepper(), recipe, data, context)
    const warnings: string[] = []
    let reopened = 0
    const steady = enduring(await losing(call), {
      perEpoch,
      reopen: () => {
        reopened++
        return stepper()
      },
      warn: message => warnings.push(english(message)),
    })
    const found = await course(steady, recipe, data, context)
    expect(found).toEqual(whole)
    expect(steady.device).toBe('cpu')
    expect(reopened).toBe(1)
    expect(warnings).toEqual([
      `the GPU (webgpu) was lost in epoch ${epoch} (WebGPU device lost: (2) the adapter was removed); continued on the CPU`,
    ])
  })

test('trouble on the CPU itself is not hidden', async () => {
  const cpu = await stepper()
  const steady = enduring(await losing(1), {
    perEpoch,
    reopen: async () => ({
      ...cpu,
      step: async () => {
        throw new Error('the CPU fails too')
      },
    }),
    warn: () => {},
  })
  await expect(course(steady, recipe, data, context)).rejects.toThrow('the CPU fails too')
})
