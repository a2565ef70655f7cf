// Numbers in JSON files. JSON has no NaN and no infinities, and a loss that became one of them is the most
// important thing to know about a run, so these three are kept as text.
import {z} from 'zod'

/** A number as `json` writes it. */
export const figure = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number),
])

/** JSON text in which no number is lost. Read numbers back with `figure`. */
export const json = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_, x) => (typeof x === 'number' && !Number.isFinite(x) ? String(x) : x),
    indent,
  )
