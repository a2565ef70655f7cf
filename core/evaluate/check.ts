// Refuses what cannot be evaluated, with the row that is wrong.
import {AppError} from '../error.ts'
import {type Phrase, says} from '../words/says.ts'

const names = {
  target: says`target`,
  prediction: says`prediction`,
  'training target': says`training target`,
  weight: says`weight`,
  distance: says`distance`,
  feature: says`feature`,
  cluster: says`cluster`,
}
type Name = Exclude<keyof typeof names, 'cluster'>

/** At least one row, and none that is NaN or infinite. */
export function finite(name: Name, values: ArrayLike<number>, width = 1) {
  if (values.length === 0)
    throw new AppError('bad-data', says`there are no rows to evaluate (no ${names[name]})`, {
      hint: says`give the split a test part, or loosen the filter before it`,
    })
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new AppError(
        'bad-data',
        says`row ${Math.floor(i / width)} has the ${names[name]} ${values[i]!}`,
        {
          hint: hints[name],
        },
      )
}

const hints: Record<Name, Phrase> = {
  target: says`drop or impute rows without a target before the split`,
  'training target': says`drop or impute rows without a target before the split`,
  prediction: says`the model diverged: lower its learning rate, or scale its features`,
  weight: says`give every row a weight`,
  distance: says`the model diverged: scale its features`,
  feature: says`impute missing values before the model`,
}

/** Class indices as integers below `classes`. */
export function labels(
  name: 'target' | 'training target' | 'cluster',
  values: ArrayLike<number>,
  classes: number,
): Uint32Array {
  if (name !== 'cluster') finite(name, values)
  const made = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const label = values[i]!
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new AppError(
        'bad-data',
        says`row ${i} has the ${names[name]} ${label}, not one of 0 to ${classes - 1}`,
      )
    made[i] = label
  }
  return made
}

/** One row of probabilities for each target: each within [0, 1], adding up to 1 but for rounding. */
export function probabilities(values: Float32Array, rows: number, classes: number) {
  sameRows(says`probabilities`, values.length, rows * classes)
  finite('prediction', values, classes)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const p = values[i * classes + k]!
      if (p < -1e-6 || p > 1 + 1e-6)
        throw new AppError('bad-data', says`row ${i} has the probability ${p}, outside 0 to 1`)
      sum += p
    }
    if (Math.abs(sum - 1) > 1e-3)
      throw new AppError('bad-data', says`row ${i} has probabilities that add up to ${sum}, not 1`)
  }
}

/** Weights that are not negative, and not all zero. */
export function weights(values: ArrayLike<number>, rows: number): Float64Array {
  sameRows(says`weights`, values.length, rows)
  finite('weight', values)
  const made = Float64Array.from(values)
  const negative = made.findIndex(w => w < 0)
  if (negative >= 0)
    throw new AppError('bad-data', says`row ${negative} has the weight ${made[negative]!}, below 0`)
  if (!made.some(w => w > 0)) throw new AppError('bad-data', says`all weights are 0`)
  return made
}

export function sameRows(name: Phrase, given: number, expected: number) {
  if (given !== expected)
    throw new AppError(
      'bad-data',
      says`${given} ${name} were given where the rows need ${expected}`,
    )
}

/** An output or input that the task cannot do without. */
export function needed<T>(name: Phrase, task: Phrase, value: T | undefined): T {
  if (value === undefined)
    throw new AppError('bad-data', says`evaluating ${task} takes ${name}, and none were given`)
  return value
}
