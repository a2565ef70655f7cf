// The rows of a training in the order of its epochs, as much of them at a time as may be held.
import type {Matrix, Rows, Spool, SpoolArrays} from '../plugin.ts'
import {batching} from './batches.ts'
import {type Place, readerOf} from './block-reader.ts'
import {mix, permutation, random} from './random.ts'
import {inMemory, part} from './rows.ts'

/** A stretch of an epoch. */
export type Window = {
  rows: Matrix
  /** Rows of it in the epoch's order. */
  order: Int32Array
  /** Which place of the epoch `order` begins with. */
  from: number
  /** The first batch that does not lie in it whole. */
  until: number
}

export type Passes = {
  /** The stretch of an epoch, from 1, that has this batch. It is good until the next one is asked for. */
  window: (epoch: number, batch: number) => Promise<Window>
  /** Waits until nothing is read any more. */
  close: () => Promise<void>
}

export type PassOptions = {batchSize: number; epochs: number; seed: number}

/** Passes over rows. Each epoch's order follows from the seed and its number alone, so any can begin anywhere. */
export const passesOver = (rows: Rows, options: PassOptions): Passes =>
  inMemory(rows) ? inOne(rows, options) : inBlocks(rows, options)

function inOne(rows: Matrix, {batchSize, seed}: PassOptions): Passes {
  const until = batching(rows.rows, batchSize).count
  return {
    window: async epoch => ({
      rows,
      order: permutation(rows.rows, random(mix(seed, epoch))),
      from: 0,
      until,
    }),
    close: async () => {},
  }
}

/** The bytes of rows that a training holds: all of them, or both blocks of a spool. */
export function bytesHeld(rows: Rows, batchSize: number): number {
  if (!inMemory(rows)) return 2 * bytesOfRow(rows) * (batchSize + layoutOf(rows, batchSize).most)
  const {x, y, weights} = rows
  return x.byteLength + (y?.byteLength ?? 0) + (weights?.byteLength ?? 0)
}

const bytesOfRow = ({features, weighted}: Spool) => 4 * (features + 1 + Number(weighted))

/**
 * How many blocks an epoch has, and how many rows a block has at most. As many stripes make a block as there is
 * memory for, and at least so many that each has the rows of a batch.
 */
function layoutOf(spool: Spool, batchSize: number): {blocks: number; most: number} {
  const {stripes, block} = spool
  const longest = stripes.reduce((a, b) => Math.max(a, b), 1)
  const shortest = stripes.reduce((a, b) => Math.min(a, b), longest)
  const fit = Math.max(1, Math.floor(block / (bytesOfRow(spool) * longest)))
  const needed = Math.ceil(batchSize / shortest)
  const blocks = Math.min(Math.ceil(stripes.length / fit), Math.floor(stripes.length / needed)) || 1
  return {blocks, most: Math.ceil(stripes.length / blocks) * longest}
}

/** The stripes of a block, and its rows' places in the epoch. */
type Stretch = {stripes: Int32Array; from: number; to: number}

/**
 * An epoch draws the stripes in a random order, some at a time make a block, and the rows of a block are shuffled.
 * Stripes are samples of all rows, so a block is one too, and what is left of the order that the rows came in is
 * that those of one stripe are in one block again in every epoch. Batches are those of the whole epoch: one that
 * begins in a block and ends in the next is of both.
 */
function inBlocks(spool: Spool, {batchSize, epochs, seed}: PassOptions): Passes {
  const {count, cut} = batching(spool.rows, batchSize)
  const {blocks, most} = layoutOf(spool, batchSize)
  const reader = readerOf(spool, {
    rows: batchSize + most,
    // In front there is room for rows that were too few for a batch in the block before.
    at: batchSize,
    stripesOf: ({epoch, block}) => stretchesOf(epoch)[block]!.stripes,
  })

  return {
    async window(epoch, batch) {
      const stretches = stretchesOf(epoch)
      const block = stretches.findIndex(({to}) => batch < wholeBefore(to))
      const {from, to} = stretches[block]!
      const begin = block === 0 ? 0 : cut(wholeBefore(from))
      const left = from - begin
      const before = left > 0 ? await reader.take({epoch, block: block - 1}) : undefined
      const arrays = await reader.take({epoch, block})
      if (before) {
        const order = orderOf({epoch, block: block - 1}, stretches[block - 1]!)
        for (const [i, row] of order.subarray(order.length - left).entries())
          copyRow(before, batchSize + row, arrays, batchSize - left + i)
      }
      const next = block + 1 < blocks ? {epoch, block: block + 1} : {epoch: epoch + 1, block: 0}
      if (next.epoch <= epochs) reader.look(next)
      const own = orderOf({epoch, block}, stretches[block]!)
      return {
        rows: part(spool, arrays, batchSize - left, batchSize + to - from) as Matrix,
        order: Int32Array.from({length: left + own.length}, (_, i) =>
          i < left ? i : left + own[i - left]!,
        ),
        from: begin,
        until: wholeBefore(to),
      }
    },
    close: () => reader.close(),
  }

  function stretchesOf(epoch: number): Stretch[] {
    const drawn = permutation(spool.stripes.length, random(mix(seed, epoch)))
    const cut = (i: number) => Math.floor((i * drawn.length) / blocks)
    let to = 0
    return Array.from({length: blocks}, (_, block) => {
      const stripes = drawn.subarray(cut(block), cut(block + 1))
      const from = to
      for (const stripe of stripes) to += spool.stripes[stripe]!
      return {stripes, from, to}
    })
  }

  function orderOf({epoch, block}: Place, {from, to}: Stretch): Int32Array {
    return permutation(to - from, random(mix(mix(seed, epoch), block + 1)))
  }

  /** How many batches end at this place of an epoch, or before it. */
  function wholeBefore(place: number): number {
    let [least, most] = [0, count]
    while (least < most) {
      const middle = Math.ceil((least + most) / 2)
      if (cut(middle) <= place) least = middle
      else most = middle - 1
    }
    return least
  }

  function copyRow(from: SpoolArrays, row: number, to: SpoolArrays, at: number) {
    const {features} = spool
    to.x!.set(from.x!.subarray(row * features, (row + 1) * features), at * features)
    to.y[at] = from.y[row]!
    if (to.weights) to.weights[at] = from.weights![row]!
  }
}
