// The random masks of dropout: a bank for each rate, drawn once, read by each step at another place.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import {random} from '../random.ts'
import type {Recipe} from '../recipe.ts'
import type {Chance} from './tape.ts'

export type Masks = {
  /** One for each dropout of the network, in order: the bank it reads, and how many numbers at most. */
  readonly reads: readonly {bank: number; most: number}[]
  readonly rates: readonly number[]
  /** Adds a step's masks to the body of the loop: `i` is the step, `rows` int64 [1] its number of rows. */
  chance: (outer: Graph, body: Graph, step: {i: Tensor; rows: Tensor}) => Chance
}

/** Fewer numbers than these would show in the masks as a pattern. */
const least = 2 ** 20

export function masksOf({batchSize}: Recipe, trials: number): Masks {
  const reads: {bank: number; most: number}[] = []
  const rates: number[] = []
  const banks: Tensor[] = []
  let offsets: Tensor | undefined
  return {
    reads,
    rates,
    chance: (outer, body, {i, rows}) => ({
      mask(rate, {shape, layout, perTrial}) {
        let bank = rates.indexOf(rate)
        if (bank < 0) {
          bank = rates.push(rate) - 1
          banks.push(outer.input(`bank_${bank}`, 'float32', ['bank']))
        }
        offsets ??= outer.input('offsets', 'int64', ['k', 'dropouts'])
        const sizes = layout === 'first' ? [shape.at(-1)!, ...shape.slice(0, -1)] : shape
        const each = sizes.reduce((a, b) => a * b, 1) * (perTrial ? trials : 1)
        const at = reads.push({bank, most: each * batchSize}) - 1
        const op = body.op.bind(body)
        const dims = [...(perTrial ? [trials] : []), -1, ...sizes]
        const from = op('Gather', [op('Gather', [offsets, i]), body.constant('int64', [at])])
        const size = op('Mul', [rows, body.constant('int64', [each])])
        const slice = op('Slice', [banks[bank]!, from, op('Add', [from, size])])
        return op('Reshape', [slice, body.constant('int64', dims)])
      },
    }),
  }
}

/** The banks, by rate: `1 / (1 − rate)` with probability `1 − rate`, else 0. */
export function drawBanks({rates, reads}: Masks, seed: number): Float32Array[] {
  return rates.map((rate, bank) => {
    const most = Math.max(0, ...reads.filter(r => r.bank === bank).map(r => r.most))
    const {next} = random(seed ^ Math.imul(bank + 1, 0x9e3779b1))
    const kept = 1 / (1 - rate)
    return Float32Array.from({length: Math.max(least, 4 * most)}, () => (next() < rate ? 0 : kept))
  })
}
