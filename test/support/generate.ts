// Rows that break things: made from a seed, for columns of given types, around the rows of an example.
import type {Row} from '../../core/plugin.ts'
import {kindOfType} from '../../core/schema/table.ts'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const {MAX_VALUE, MIN_VALUE, POSITIVE_INFINITY, NEGATIVE_INFINITY} = Number
const doubles = [
  0,
  -0,
  1,
  -1,
  0.1,
  -2.5,
  1e-300,
  MIN_VALUE,
  1e300,
  -1e300,
  MAX_VALUE,
  -MAX_VALUE,
  1e15,
  POSITIVE_INFINITY,
  NEGATIVE_INFINITY,
  2 ** 53,
  123456.789,
  1 / 3,
]
const integers = [0, 1, -1, 2, 7, -40, 100]
const bigintegers = [...integers, 2 ** 31, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n]
// No NUL: ONNX Runtime's Node binding ends a text there.
const texts = [
  '',
  ' ',
  '  two ',
  'Gentoo',
  'é',
  'e\u0301',
  '🐧',
  '👩‍👩‍👧',
  'ÅNGSTRÖM',
  'straße',
  '漢字 かな',
  'NaN',
  'null',
  'inf',
  '-0',
  '1e5',
  "it's",
  'a"b',
  'a,b;c',
  'line\nbreak\ttab',
  '%_\\',
  '\u202Eabc',
  'x'.repeat(10_000),
  'a b '.repeat(2_500),
]
const days = [
  '1970-01-01',
  '1969-12-31',
  '2024-02-29',
  '2023-12-31',
  '1900-01-01',
  '0001-01-01',
  '9999-12-31',
]
const moments = days.flatMap(day => [`${day} 00:00:00`, `${day} 23:59:59.999999`])

function oddValues(type: string): readonly unknown[] {
  if (/^(DOUBLE|FLOAT)$/.test(type)) return doubles
  if (/^(BIGINT|HUGEINT)$/.test(type)) return bigintegers
  if (type === 'BOOLEAN') return [true, false]
  if (type === 'VARCHAR') return texts
  if (type === 'DATE') return days
  if (type.startsWith('TIMESTAMP')) return moments
  return kindOfType(type) === 'number' ? [0, 1, 7] : []
}

/**
 * What a table may be made of. `usual`: the example's own values and a few nulls. `odd`: everything.
 * `null`: nothing but null. `constant`: one row again and again.
 */
export type Mood = 'usual' | 'odd' | 'null' | 'constant'

/** `count` rows in which each column draws from the example's values and, by mood, from odd ones. */
export function generate(
  example: readonly Row[],
  types: Readonly<Record<string, string>>,
  {mood, count, seed}: {mood: Mood; count: number; seed: number},
): Row[] {
  const next = random(seed)
  const choose = <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] ?? null
  const row = () =>
    Object.fromEntries(
      Object.entries(types).map(([name, type]) => {
        const usual = example.map(r => r[name]).filter(v => v != null)
        const luck = next()
        if (mood === 'null' || luck < 0.12) return [name, null]
        if (mood === 'odd' && luck < 0.6) return [name, choose(oddValues(type))]
        if (mood !== 'constant' && /^(DOUBLE|FLOAT)$/.test(type) && luck > 0.8)
          return [name, Math.round((next() - 0.3) * 1e6) / 1e3]
        return [name, choose(usual)]
      }),
    )
  const first = row()
  return Array.from({length: count}, () => (mood === 'constant' ? first : row()))
}
