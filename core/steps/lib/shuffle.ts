// Chance that repeats: numbers that depend on a seed and a row's place, and on nothing else.
import {type Sql, sql} from '../../data/sql.ts'

/**
 * A UBIGINT for each row, uniformly spread. By MD5, which stays the same in every version of DuckDB,
 * as its own `hash` does not.
 */
export const chance = (seed: number, place: Sql): Sql =>
  sql`md5_number_lower(concat(${`${seed}:`}, ${place}))`
