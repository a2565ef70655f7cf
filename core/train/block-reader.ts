// Two blocks of a spool in memory: one to work on, while the other is read.
import type {Spool, SpoolArrays} from '../plugin.ts'
import {room} from './rows.ts'

/** A block of an epoch, from 1; blocks are counted from 0. */
export type Place = {epoch: number; block: number}
type Held = Place & {arrays: SpoolArrays; filled: Promise<void>}

export type BlockReader = {
  /** The rows of a block. They are good until the second block after it is taken or looked for. */
  take: (place: Place) => Promise<SpoolArrays>
  /** Begins to read the block that will be taken next. */
  look: (place: Place) => void
  /** Waits until nothing is read any more. */
  close: () => Promise<void>
}

export type ReaderOptions = {
  /** How many rows the arrays have, and which of them is the first of a block. */
  rows: number
  at: number
  stripesOf: (place: Place) => Int32Array
}

export function readerOf(spool: Spool, {rows, at, stripesOf}: ReaderOptions): BlockReader {
  const [one, other] = [room(spool, rows), room(spool, rows)]
  let current: Held | undefined
  let ahead: Held | undefined

  function begin(place: Place): Held {
    const arrays = current?.arrays === one ? other : one
    const filled = fill(arrays, stripesOf(place))
    // It may fail before anybody waits for it.
    filled.catch(() => {})
    return {...place, arrays, filled}
  }

  // All at once: between two steps of a training there is hardly a moment to ask for one more.
  async function fill(arrays: SpoolArrays, stripes: Int32Array) {
    const reads: Promise<void>[] = []
    let to = at
    for (const stripe of stripes) {
      reads.push(spool.read(stripe, arrays, to))
      to += spool.stripes[stripe]!
    }
    for (const result of await Promise.allSettled(reads))
      if (result.status === 'rejected') throw result.reason
  }

  async function close() {
    await ahead?.filled.catch(() => {})
    ahead = undefined
  }

  return {
    async take(place) {
      if (current && isAt(current, place)) return current.arrays
      if (!ahead || !isAt(ahead, place)) {
        await close()
        ahead = begin(place)
      }
      await ahead.filled
      current = ahead
      ahead = undefined
      return current.arrays
    },
    look(place) {
      ahead ??= begin(place)
    },
    close,
  }
}

const isAt = (held: Place, {epoch, block}: Place) => held.epoch === epoch && held.block === block
