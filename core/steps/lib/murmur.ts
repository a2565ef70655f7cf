// MurmurHash3 (x86, 32 bits, seed 0) of UTF-8 text: the one string hash that ONNX Runtime computes too.
import {raw, type Sql, sql} from '../../data/sql.ts'
import type {Graph, Tensor} from '../../onnx/graph.ts'

/**
 * The hash as a signed integer, as SQL. Austin Appleby's `MurmurHash3_x86_32`, in 64-bit arithmetic
 * with a mask, where shifts are products and quotients because DuckDB refuses a shift that overflows.
 */
export function murmur(text: Sql): Sql {
  const bytes = sql`octet_length(encode(${text}))`
  // Zeros at the end fill the last block; a block of zeros alone leaves the hash as it is.
  const hex = sql`(hex(encode(${text})) || '00000000')`
  const read = sql`('0x' || substr(${hex}, 8 * i + 1, 8))::ubigint`
  // Read with its first byte as the highest, where the algorithm has it as the lowest.
  const turned = sql`((b & 255) * 16777216 | (b & 65280) * 256 | ((b // 256) & 65280) | b // 16777216)`
  const scrambled = low(
    sql`${rotated(low(sql`${turned} * 3432918353::ubigint`), 15)} * 461845907::ubigint`,
  )
  const words = sql`list_transform(range(${bytes} // 4 + 1), lambda i: ${read})`
  const blocks = sql`list_transform(${words}, lambda b: ${scrambled})`
  const step = low(sql`${rotated(raw('xor(h, k)'), 13)} * 5 + 3864292196::ubigint`)
  // Counted from 1, the 0 before the blocks included: the last one is no whole block.
  const body = sql`list_reduce(list_prepend(0::ubigint, ${blocks}), lambda h, k, i:
    case when i > ${bytes} // 4 + 1 then xor(h, k) else ${step} end)`
  const all = sql`xor(${body}, ${bytes}::ubigint)`
  // Three rounds over one value; a lambda, because each round needs the value twice.
  const round = (shift: number, factor: bigint) =>
    low(sql`xor(h, h // ${shift}) * ${factor}::ubigint`)
  const mixed = sql`list_reduce([${all}, 1, 2, 3]::ubigint[], lambda h, i: case i
    when 1 then ${round(65_536, 2246822507n)}
    when 2 then ${round(8192, 3266489909n)}
    else xor(h, h // 65536) end)`
  return sql`(xor(${mixed}, 2147483648::ubigint)::bigint - 2147483648)`
}

/** The same in a graph: int64, of the shape of `text`. */
export const murmurIn = (graph: Graph, text: Tensor): Tensor =>
  graph.cast(
    graph.op('MurmurHash3', [text], {domain: 'com.microsoft', positive: 0, elem: 'int32'}),
    'int64',
  )

const low = (x: Sql) => sql`((${x}) & 4294967295::ubigint)`

const rotated = (x: Sql, by: number) =>
  sql`(${low(sql`${x} * ${2 ** by}::ubigint`)} | (${x} // ${2 ** (32 - by)}::ubigint))`
