// A random order that is the same on every machine and every version of DuckDB.
import {raw, type Sql, sql} from './sql.ts'

/**
 * A pseudo-random 32-bit key for a row number (from 0, below 2³²): order by it to shuffle. For one seed no
 * two rows share a key, because every round is a bijection of 32-bit integers.
 *
 * Rounds: x ← (x ⊕ x≫16)·0x45d9f3b mod 2³², after Thomas Mueller's integer hash
 * (https://stackoverflow.com/a/12996028); each product stays below 2⁵⁹, so BIGINT never overflows.
 */
export function shuffleKey(rowNumber: Sql, seed: number): Sql {
  const start = scramble(seed >>> 0)
  let x = sql`(xor(${rowNumber}, ${start}) & 4294967295)`
  for (let round = 0; round < 3; round++)
    x = raw(`((xor(${x.text}, ${x.text} >> 16) * 73244475) & 4294967295)`)
  return x
}

/** The same key in JavaScript: called with a row's number. */
export function shuffler(seed: number): (row: number) => number {
  const start = scramble(seed >>> 0)
  return row => mixed(row ^ start)
}

/**
 * The keys that cut the shuffled rows at these ranks: as many of the rows 0 … `rows` − 1 have a key below
 * `cuts[i]` as `ranks[i]` says. So rows are dealt out in exact numbers without sorting them: two passes over
 * counts of the keys' upper and lower halves find all cuts, whatever the number of rows.
 */
export function shuffleCuts(rows: number, seed: number, ranks: readonly number[]): number[] {
  const keyOf = shuffler(seed)
  const upper = new Uint32Array(65_536)
  for (let row = 0; row < rows; row++) upper[keyOf(row) >>> 16]!++
  // Where each rank lies: in which upper half, and how many keys are below that.
  const places = ranks.map(rank => {
    let half = 0
    let before = 0
    while (half < 65_536 && before + upper[half]! <= rank) before += upper[half++]!
    return {rank, half, before}
  })
  const lower = new Map(places.map(({half}) => [half, new Uint32Array(65_536)]))
  const counted = Array.from({length: 65_536}, (_, half) => lower.get(half))
  if (rows > 0 && lower.size > 0)
    for (let row = 0; row < rows; row++) {
      const key = keyOf(row)
      const counts = counted[key >>> 16]
      if (counts) counts[key & 0xffff]!++
    }
  return places.map(({rank, half, before}) => {
    if (half === 65_536) return 2 ** 32
    const counts = lower.get(half)!
    let key = 0
    let below = before
    while (below + counts[key]! <= rank) below += counts[key++]!
    return half * 65_536 + key
  })
}

// The rounds, on numbers.
function mixed(x: number): number {
  let key = x
  for (let round = 0; round < 3; round++) key = Math.imul(key ^ (key >>> 16), 73_244_475)
  return key >>> 0
}

// Seeds 1 and 2 must give unlike orders.
const scramble = (seed: number) => mixed((seed + 0x9e3779b9) >>> 0)
