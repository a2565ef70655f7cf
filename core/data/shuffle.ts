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

/**
 * The keys that cut the shuffled rows at these ranks: as many of the rows 0 … `rows` − 1 have a key below
 * `cuts[i]` as `ranks[i]` says. So rows are dealt out in exact numbers without sorting them: two passes over
 * counts of the keys' upper and lower halves find each cut, whatever the number of rows.
 */
export function shuffleCuts(rows: number, seed: number, ranks: readonly number[]): number[] {
  const start = scramble(seed >>> 0)
  const upper = new Uint32Array(65_536)
  for (let row = 0; row < rows; row++) upper[mixed(row ^ start) >>> 16]!++
  return ranks.map(rank => {
    if (rank >= rows) return 2 ** 32
    let half = 0
    let before = 0
    while (before + upper[half]! <= rank) before += upper[half++]!
    const lower = new Uint32Array(65_536)
    for (let row = 0; row < rows; row++) {
      const key = mixed(row ^ start)
      if (key >>> 16 === half) lower[key & 0xffff]!++
    }
    let rest = 0
    while (before + lower[rest]! <= rank) before += lower[rest++]!
    return half * 65_536 + rest
  })
}

// The same rounds in JavaScript.
function mixed(x: number): number {
  let key = x
  for (let round = 0; round < 3; round++) key = Math.imul(key ^ (key >>> 16), 73_244_475)
  return key >>> 0
}

// Seeds 1 and 2 must give unlike orders.
const scramble = (seed: number) => mixed((seed + 0x9e3779b9) >>> 0)
