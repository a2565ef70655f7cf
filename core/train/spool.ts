// Rows that do not fit into memory, written to disk once, dealt out so that any part of them is a sample of all.
import {randomBytes} from 'node:crypto'
import {type FileHandle, mkdir, open, statfs, unlink} from 'node:fs/promises'
import {join} from 'node:path'
import {
  arraysFor,
  bytesOfRow,
  checkCount,
  chunkRows,
  chunksOf,
  type MatrixSpec,
  type SetAside,
  widthOf,
} from '../data/matrix.ts'
import {checkColumns} from '../data/matrix-check.ts'
import type {Session} from '../data/session.ts'
import type {Relation} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {onDisk} from '../files.ts'
import type {Spool, SpoolArrays, Task} from '../plugin.ts'
import {progressOf, says} from '../words/says.ts'
import {inUnits} from './in-units.ts'
import {mix, permutation, random} from './random.ts'

export type SpoolOptions = Task & {
  /** Where its files lie for as long as it is open. */
  folder: string
  /** How many rows the relation has; fewer may have a target. */
  expected: number
  seed: number
  /** See `Spool`. It is also the memory that writing takes. */
  block: number
}

export type OpenSpool = {spool: Spool; setAside: SetAside; close: () => Promise<void>}

/** So many stripes make a block: more of them mix better, and longer ones are read faster. */
const perBlock = 16
/** Makes the chance of the deals another than that of the epochs, which has the same seed. */
const ofDeals = 0x2545f491
/** A part of the rows is made of whole stripes, so a hundredth of them should be about one. */
const fewest = 64

/**
 * Writes a relation's rows to disk, in the order of DuckDB's stream, which is the relation's own. As many as `block`
 * holds are shuffled at a time and dealt to the stripes like cards: so each stripe has its share of every stretch of
 * the relation, drawn at random, and a table that is sorted by its target is no trouble. The same seed, rows and
 * `block` give the same stripes.
 *
 * The files have no names any more once they are open: they are gone when the process is, however it ends.
 * Throws as `readMatrix` does, and `no-space`.
 */
export async function writeSpool(
  session: Session,
  rows: Relation,
  spec: MatrixSpec,
  options: SpoolOptions,
): Promise<OpenSpool> {
  const {folder, expected, block, signal} = options
  checkColumns(rows, spec)
  if (spec.target === undefined) throw new AppError('internal', says`a spool without a target`)
  await onDisk(folder, () => mkdir(folder, {recursive: true}))
  await checkDisk(folder, expected * bytesOfRow(spec, widthOf(rows, spec)))
  const files = await openFiles(folder, spec)
  try {
    const layout = layoutFor(spec, widthOf(rows, spec), options)
    const {stripes} = layout
    const setAside: SetAside = {noTarget: 0, unknownClass: 0}
    const chunks = chunksOf(session, rows, spec, {signal, setAside})
    const {count, constant} = await deal(chunks, files, layout, {
      ...options,
      spec,
      chunk: chunkRows(rows, spec),
    })
    const spool: Spool = {
      rows: count,
      features: layout.features,
      weighted: spec.weights !== undefined,
      stripes: Array.from({length: Math.min(stripes, count)}, (_, stripe) =>
        Math.ceil((count - stripe) / stripes),
      ),
      block,
      constant,
      read: (stripe, into, at) =>
        readStripe(files, layout, {stripe, rows: spool.stripes[stripe]!}, into, at),
    }
    return {spool, setAside, close: () => closeAll(files)}
  } catch (error) {
    await closeAll(files)
    throw error
  }
}

type Layout = {
  features: number
  stripes: number
  /** The most rows that a stripe may have: each has so much room in the files. */
  capacity: number
  /** How many rows each stripe is dealt at a time. */
  round: number
}

function layoutFor(spec: MatrixSpec, width: number, {expected, block}: SpoolOptions): Layout {
  const bytes = bytesOfRow(spec, width)
  const wanted = Math.max(fewest, Math.ceil((expected * bytes * perBlock) / block))
  const stripes = Math.max(1, Math.min(expected, wanted))
  const capacity = Math.ceil(expected / stripes)
  // A whole number for each stripe, so that all have the same place in each round.
  const round = Math.max(1, Math.min(capacity, Math.floor(block / bytes / stripes)))
  return {features: width, stripes, capacity, round}
}

/** One file for each kind of numbers, so that each is read straight into its array. */
type Files = {where: string; x: FileHandle; y: FileHandle; weights?: FileHandle}

async function openFiles(where: string, {weights}: MatrixSpec): Promise<Files> {
  const made: FileHandle[] = []
  const one = async (name: string) => {
    const file = join(where, `.${name}.${randomBytes(4).toString('hex')}.spool`)
    const handle = await onDisk(where, () => open(file, 'wx+'))
    made.push(handle)
    await onDisk(where, () => unlink(file))
    return handle
  }
  try {
    return {
      where,
      x: await one('x'),
      y: await one('y'),
      ...(weights === undefined ? {} : {weights: await one('weights')}),
    }
  } catch (error) {
    for (const handle of made) await handle.close()
    throw error
  }
}

async function closeAll({x, y, weights}: Files) {
  for (const handle of [x, y, weights]) await handle?.close()
}

// Before hours of work: what is free now may be gone then, but what is not free now will hardly come.
async function checkDisk(folder: string, needed: number) {
  const {bavail, bsize} = await onDisk(folder, () => statfs(folder))
  const free = bavail * bsize
  if (needed <= free) return
  throw new AppError(
    'no-space',
    says`the training rows need ${inUnits(needed)} on disk, and ${inUnits(free)} are free`,
    {
      hint: says`free some space, train on fewer rows or columns, or raise the memory limit in the settings so that they fit into memory`,
      where: folder,
    },
  )
}

/** Writes all rows. Gives how many they are, and the features that are the same in all. */
async function deal(
  chunks: ReturnType<typeof chunksOf>,
  files: Files,
  layout: Layout,
  {expected, seed, spec, chunk: most, tell}: SpoolOptions & {spec: MatrixSpec; chunk: number},
) {
  const {stripes, round, features} = layout
  const whole = stripes * round
  // DuckDB's chunks do not end where a deal does.
  const hand = arraysFor(spec, features, whole + most) as SpoolArrays & {x: Float32Array}
  const same = sameness(features)
  let [held, dealt, told] = [0, 0, performance.now()]
  const play = async (rows: number) => {
    const order = permutation(rows, random(mix(seed ^ ofDeals, dealt)))
    await dealOut(files, layout, {hand, order, round: dealt++})
    for (const [array, width] of [
      [hand.x, features],
      [hand.y, 1],
      [hand.weights, 1],
    ] as const)
      array?.copyWithin(0, rows * width, held * width)
    held -= rows
  }
  let count = 0
  for await (const chunk of chunks) {
    checkCount(count + chunk.count, expected)
    chunk.copy(hand, held)
    same.look(hand.x, held, held + chunk.count)
    held += chunk.count
    count += chunk.count
    while (held >= whole) await play(whole)
    if (performance.now() - told < 250) continue
    told = performance.now()
    tell(progressOf(says`writing rows to disk: ${count} of ${expected}`, {done: count / expected}))
  }
  if (held > 0) await play(held)
  return {count, constant: count > 0 ? same.features() : []}
}

type Deal = {hand: SpoolArrays; order: Int32Array; round: number}

/** How many stripes are written at once. */
const atOnce = 8

/** Writes the rows `order` of a hand: card `i` goes to stripe `i mod stripes`. */
async function dealOut(files: Files, layout: Layout, {hand, order, round}: Deal) {
  const {stripes, capacity, features} = layout
  for (let first = 0; first < stripes; first += atOnce) {
    const some = Array.from({length: Math.min(atOnce, stripes - first)}, (_, i) => first + i)
    await Promise.all(
      some.map(async stripe => {
        const rows = Math.max(0, Math.ceil((order.length - stripe) / stripes))
        const at = stripe * capacity + round * layout.round
        const drawn = (i: number) => order[i * stripes + stripe]!
        await Promise.all([
          write(files.where, files.x, gathered(hand.x!, features, rows, drawn), at * features),
          write(files.where, files.y, gathered(hand.y, 1, rows, drawn), at),
          files.weights &&
            write(files.where, files.weights, gathered(hand.weights!, 1, rows, drawn), at),
        ])
      }),
    )
  }
}

function gathered(from: Float32Array, width: number, rows: number, drawn: (i: number) => number) {
  const some = new Float32Array(rows * width)
  for (let i = 0; i < rows; i++) {
    const at = drawn(i) * width
    // For a few numbers a call costs more than the copy.
    if (width > 16) some.set(from.subarray(at, at + width), i * width)
    else for (let j = 0; j < width; j++) some[i * width + j] = from[at + j]!
  }
  return some
}

/** Which features have had one value only, as rows come. */
function sameness(features: number) {
  const first = new Float32Array(features)
  let alike = Array.from({length: features}, (_, j) => j)
  let begun = false
  return {
    look(x: Float32Array, from: number, to: number) {
      if (from === to) return
      if (!begun) first.set(x.subarray(from * features, (from + 1) * features))
      begun = true
      alike = alike.filter(j => {
        for (let i = from; i < to; i++) if (x[i * features + j] !== first[j]) return false
        return true
      })
    },
    features: () => alike,
  }
}

async function readStripe(
  {where, ...files}: Files,
  {features, capacity}: Layout,
  {stripe, rows}: {stripe: number; rows: number},
  into: SpoolArrays,
  at: number,
) {
  const from = stripe * capacity
  const part = (array: Float32Array, width: number) =>
    array.subarray(at * width, (at + rows) * width)
  if (into.weights && !files.weights) into.weights.fill(1, at, at + rows)
  await Promise.all([
    into.x && read(where, files.x, part(into.x, features), from * features),
    read(where, files.y, part(into.y, 1), from),
    into.weights && files.weights && read(where, files.weights, part(into.weights, 1), from),
  ])
}

const bytesOf = ({buffer, byteOffset, byteLength}: Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Writes numbers from number `at` of the file on. */
const write = (where: string, file: FileHandle, numbers: Float32Array, at: number) =>
  onDisk(where, async () => {
    const bytes = bytesOf(numbers)
    for (let done = 0; done < bytes.length; ) {
      const {bytesWritten} = await file.write(bytes, done, bytes.length - done, at * 4 + done)
      if (bytesWritten === 0)
        throw Object.assign(new Error('the disk takes no more'), {code: 'ENOSPC'})
      done += bytesWritten
    }
  })

/** Fills an array with numbers from number `at` of the file on. */
const read = (where: string, file: FileHandle, numbers: Float32Array, at: number) =>
  onDisk(where, async () => {
    const bytes = bytesOf(numbers)
    for (let done = 0; done < bytes.length; ) {
      const {bytesRead} = await file.read(bytes, done, bytes.length - done, at * 4 + done)
      if (bytesRead === 0)
        throw new AppError('damaged', says`the training rows on disk are fewer than were written`, {
          hint: says`look whether the disk is sound, and run it again`,
          where,
        })
      done += bytesRead
    }
  })
