// Rows to learn from, in memory or in a spool, by the same few verbs.
import type {Matrix, Rows, Spool, SpoolArrays} from '../plugin.ts'
import {gather} from './batches.ts'
import {permutation, random} from './random.ts'

export const inMemory = (rows: Rows): rows is Matrix => 'x' in rows

export const isWeighted = (rows: Rows): boolean =>
  inMemory(rows) ? rows.weights !== undefined : rows.weighted

/** What rows are to be learned, and how much each counts. */
export type Targets = Pick<Matrix, 'rows' | 'y' | 'weights'>

/** All rows, one piece after the other. The arrays of a piece are good until the next one is asked for. */
export async function* pieces(rows: Rows): AsyncGenerator<Matrix> {
  if (inMemory(rows)) yield rows
  else yield* stripes(rows, {whole: true}) as AsyncGenerator<Matrix>
}

/** The same without the features. */
export async function* targets(rows: Rows): AsyncGenerator<Targets> {
  if (inMemory(rows)) yield rows
  else yield* stripes(rows, {whole: false})
}

// One stripe is read while another is worked on.
async function* stripes(spool: Spool, {whole}: {whole: boolean}) {
  if (spool.rows === 0) return
  const most = largest(spool.stripes)
  const arrays = [0, 1].map(() => room(spool, most, whole))
  const read = (stripe: number) => {
    const done = spool.read(stripe, arrays[stripe % 2]!, 0)
    // It may fail before anybody waits for it.
    done.catch(() => {})
    return done
  }
  let next = read(0)
  for (const [stripe, rows] of spool.stripes.entries()) {
    await next
    if (stripe + 1 < spool.stripes.length) next = read(stripe + 1)
    yield part(spool, arrays[stripe % 2]!, 0, rows)
  }
}

// Not by `Math.max(...)`: there may be more stripes than a call has room for.
const largest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), 0)

/** Arrays for so many rows of a spool. */
export const room = ({features, weighted}: Spool, rows: number, whole = true): SpoolArrays => ({
  ...(whole ? {x: new Float32Array(rows * features)} : {}),
  y: new Float32Array(rows),
  ...(weighted ? {weights: new Float32Array(rows)} : {}),
})

/** Some of the rows in such arrays. They share their memory. */
export const part = (
  {features}: Spool,
  {x, y, weights}: SpoolArrays,
  from: number,
  to: number,
): Targets & Partial<Matrix> => ({
  rows: to - from,
  ...(x ? {x: x.subarray(from * features, to * features)} : {}),
  y: y.subarray(from, to),
  ...(weights ? {weights: weights.subarray(from, to)} : {}),
})

export type Change = {
  y?: (y: number) => number
  /** From a row's weight, 1 where there are none, and its target before that is changed. */
  weights?: (weight: number, y: number) => number
}

/** The same rows with other targets or weights: new arrays in memory; of a spool, changed whenever it is read. */
export function changed(rows: Rows, change: Change): Rows {
  if (!inMemory(rows))
    return {
      ...rows,
      weighted: rows.weighted || change.weights !== undefined,
      async read(stripe, into, at) {
        await rows.read(stripe, into, at)
        apply(change, into, at, at + rows.stripes[stripe]!)
      },
    }
  const y = change.y ? rows.y!.slice() : rows.y
  const weights = change.weights
    ? (rows.weights?.slice() ?? new Float32Array(rows.rows).fill(1))
    : rows.weights
  apply(change, {y: y!, ...(weights ? {weights} : {})}, 0, rows.rows)
  return {...rows, ...(y ? {y} : {}), ...(weights ? {weights} : {})}
}

function apply(change: Change, {y, weights}: SpoolArrays, from: number, to: number) {
  if (change.weights && weights)
    for (let i = from; i < to; i++) weights[i] = change.weights(weights[i]!, y[i]!)
  if (change.y) for (let i = from; i < to; i++) y[i] = change.y(y[i]!)
}

/**
 * Parts rows at random: `held` has about `share` of them, and nothing where they are too few. A spool is parted by
 * whole stripes, since each is a sample of all.
 */
export function holdOut(
  rows: Rows,
  share: number,
  seed: number,
): {held: Rows; rest: Rows} | undefined {
  const source = random(seed)
  if (inMemory(rows)) {
    const held = Math.floor(rows.rows * share)
    if (held === 0) return undefined
    const order = permutation(rows.rows, source)
    return {
      held: gather(rows, order.subarray(0, held)),
      rest: gather(rows, order.subarray(held).sort()),
    }
  }
  const all = rows.stripes.length
  const held = Math.max(1, Math.round(all * share))
  if (held >= all) return undefined
  const order = permutation(all, source)
  return {
    held: someStripes(rows, order.subarray(0, held).sort()),
    rest: someStripes(rows, order.subarray(held).sort()),
  }
}

const someStripes = (spool: Spool, chosen: Int32Array): Spool => {
  const stripes = Array.from(chosen, stripe => spool.stripes[stripe]!)
  return {
    ...spool,
    stripes,
    rows: stripes.reduce((a, b) => a + b, 0),
    read: (stripe, into, at) => spool.read(chosen[stripe]!, into, at),
  }
}

/** Rows to try an engine on: all that are in memory, or so many of a spool. */
export async function sampleOf(rows: Rows, atLeast: number): Promise<Matrix> {
  if (inMemory(rows)) return rows
  let [count, total] = [0, 0]
  while (count < rows.stripes.length && total < atLeast) total += rows.stripes[count++]!
  const arrays = room(rows, total)
  for (let stripe = 0, at = 0; stripe < count; at += rows.stripes[stripe++]!)
    await rows.read(stripe, arrays, at)
  return part(rows, arrays, 0, total) as Matrix
}
