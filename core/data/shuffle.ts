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

// The same rounds in JavaScript, so that seeds 1 and 2 give unlike orders.
function scramble(seed: number): number {
  let x = (seed + 0x9e3779b9) >>> 0
  for (let round = 0; round < 3; round++) x = Math.imul(x ^ (x >>> 16), 0x45d9f3b) >>> 0
  return x
}
