import {expect, test} from 'vitest'
import {network, sizeOfNetwork} from '../../../core/models/lib/network.ts'
import {checkMemory, sizeOf} from '../../../core/train/memory.ts'
import {toRecipe} from '../../../core/train/recipe.ts'
import {loadTensorflow} from '../../../core/train/tfjs/load.ts'
import {train} from '../../../core/train/train.ts'
import {project} from './project.ts'

test('the size of a perceptron is known without making it', async () => {
  const {tf} = await loadTensorflow()
  const spec = {
    inputs: 7,
    hidden: [5, 4],
    activation: 'relu',
    batchNorm: true,
    dropout: 0.1,
    outputs: 3,
    ends: 'softmax',
  } as const
  const model = network(tf, spec, 1)
  const size = sizeOfNetwork(spec)
  expect(size.weights).toBe(model.countParams())
  // Dense, normalisation, activation and dropout of 5 and of 4, the scores and their softmax.
  expect(size.activations).toBe(4 * 5 + 4 * 4 + 2 * 3)
  expect(sizeOf(model).activations).toBeGreaterThanOrEqual(size.activations)
  model.dispose()
})

const recipe = toRecipe({loss: 'cross-entropy', batchSize: 100})

test('a network whose state alone is over the limit is refused with its sizes', () => {
  const large = {weights: 1_000_000_000, activations: 1000}
  expect(() => checkMemory(large, {recipe, rows: 1e6, limit: 4096})).toThrow(
    expect.objectContaining({
      code: 'out-of-memory',
      message:
        'the network needs at least 14.9 GiB, and the training may use 4 GiB: 14.9 GiB for 1,000,000,000 weights with their gradient and what adam remembers of each, 1 MiB for what the layers make of a batch of 100 rows',
      hint: expect.stringContaining('smaller layers'),
    }),
  )
  expect(() => checkMemory(large, {recipe, rows: 1e6, limit: 16_000})).not.toThrow()
  // A running mean is one vector more, and plain descent remembers nothing.
  const averaged = {...recipe, ema: 0.9}
  expect(() => checkMemory(large, {recipe: averaged, rows: 1e6, limit: 16_000})).toThrow(
    /18\.6 GiB/,
  )
  const plain = {...recipe, optimizer: 'sgd'} as const
  expect(() => checkMemory(large, {recipe: plain, rows: 1e6, limit: 8000})).not.toThrow()
})

test('rows in memory count, too', () => {
  const small = {weights: 10, activations: 10}
  expect(() => checkMemory(small, {recipe, rows: 1e6, held: 2 ** 32, limit: 2048})).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(', 4 GiB for the rows in memory'),
      hint: expect.stringMatching(/^train on fewer rows/),
    }),
  )
  expect(() => checkMemory(small, {recipe, rows: 1e6, held: 2 ** 30, limit: 2048})).not.toThrow()
})

test('a batch is no larger than the rows', () => {
  const wide = {weights: 10, activations: 1_000_000}
  const whole = {...recipe, batchSize: 1_000_000}
  expect(() => checkMemory(wide, {recipe: whole, rows: 1e6, limit: 4096})).toThrow(
    /batch of 1,000,000/,
  )
  expect(() => checkMemory(wide, {recipe: whole, rows: 100, limit: 4096})).not.toThrow()
})

test('a training that cannot fit ends before anything is made, in the words of its sizes', async () => {
  const {job} = await project()
  job.model = {kind: 'mlp', params: {hidden: [60_000, 60_000]}}
  const context = {signal: new AbortController().signal, tell: () => {}}
  await expect(train({...job, memory: 2000}, context)).rejects.toMatchObject({
    code: 'out-of-memory',
    message: expect.stringMatching(
      /^the network needs at least 53\.\d GiB, and the training may use/,
    ),
  })
})
