// Some rows of a table held as one array.

/** The chosen rows, in that order, of a row-major table of `width` values a row. */
export function rowsOf<T extends Float32Array | Float64Array | Int32Array | Uint32Array>(
  table: T,
  rows: Uint32Array,
  width = 1,
): T {
  const made = new (table.constructor as new (n: number) => T)(rows.length * width)
  for (const [to, from] of rows.entries())
    for (let k = 0; k < width; k++) made[to * width + k] = table[from * width + k]!
  return made
}
