// Calendar arithmetic in a graph, on days and microseconds as int64: the same dates that DuckDB gives.
import type {Graph, Tensor} from '../../onnx/graph.ts'

/** Integer arithmetic on one graph. `div` and `mod` round toward minus infinity, as calendars need. */
export function integers(graph: Graph) {
  const of = (x: Tensor | number) => (typeof x === 'number' ? graph.constant('int64', [x]) : x)
  const op = (type: string) => (a: Tensor | number, b: Tensor | number) =>
    graph.op(type, [of(a), of(b)])
  const add = op('Add')
  const sub = op('Sub')
  const mul = op('Mul')
  // ONNX's integer Mod takes the sign of the divisor; its Div cuts toward zero.
  const mod = op('Mod')
  const div = (a: Tensor | number, b: Tensor | number) => op('Div')(sub(a, mod(a, b)), b)
  const less = op('Less')
  const pick = (when: Tensor, a: Tensor | number, b: Tensor | number) =>
    graph.op('Where', [when, of(a), of(b)])
  return {add, sub, mul, div, mod, less, pick}
}

/**
 * Year, month and day of a count of days since 1970-01-01, in the proleptic Gregorian calendar.
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
 */
export function civil(graph: Graph, days: Tensor) {
  const {add, sub, mul, div, mod, less, pick} = integers(graph)
  const shifted = add(days, 719_468)
  const dayOfEra = mod(shifted, 146_097)
  const yearOfEra = div(
    sub(add(sub(dayOfEra, div(dayOfEra, 1460)), div(dayOfEra, 36_524)), div(dayOfEra, 146_096)),
    365,
  )
  const leapDays = sub(div(yearOfEra, 4), div(yearOfEra, 100))
  const dayOfYear = sub(dayOfEra, add(mul(yearOfEra, 365), leapDays))
  // Months count from March, so that the leap day is the last of the year.
  const fromMarch = div(add(mul(dayOfYear, 5), 2), 153)
  const day = add(sub(dayOfYear, div(add(mul(fromMarch, 153), 2), 5)), 1)
  const month = pick(less(fromMarch, 10), add(fromMarch, 3), sub(fromMarch, 9))
  const eraYear = add(yearOfEra, mul(div(shifted, 146_097), 400))
  const year = pick(less(month, 3), add(eraYear, 1), eraYear)
  return {year, month, day}
}

/** Days since 1970-01-01 of the first of January of a year. */
export function newYear(graph: Graph, year: Tensor): Tensor {
  const {add, sub, mul, div} = integers(graph)
  const before = sub(year, 1)
  const leaps = add(sub(div(before, 4), div(before, 100)), div(before, 400))
  return sub(add(mul(before, 365), leaps), 719_162)
}
