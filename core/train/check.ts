// What no model can learn from, and what the user should know before reading a model's figures.
import {AppError} from '../error.ts'
import type {Rows, TrainingData} from '../plugin.ts'
import {type Phrase, type Said, says, verbatim} from '../words/says.ts'
import {inMemory, isWeighted, targets} from './rows.ts'

/**
 * Throws when there is nothing to learn; gives warnings otherwise. `noTarget` counts training rows that were
 * left out because their target is missing.
 */
export async function checkData(
  {train, classes, features, image, task}: TrainingData<Rows>,
  {noTarget}: {noTarget: number},
): Promise<Said[]> {
  if (train.rows === 0 && noTarget > 0)
    throw new AppError('bad-data', says`the target is missing in all ${noTarget} training rows`, {
      hint: says`choose another target, or look at how its column was read`,
    })
  if (train.rows === 0)
    throw new AppError('bad-data', says`there are no training rows`, {
      hint: says`look at the cells above: a filter, a join or the split may have left none`,
    })
  const {seen, weight} = await look(train)
  if (isWeighted(train) && !weight)
    throw new AppError('bad-data', says`all row weights are zero`, {
      hint: says`a model learns from rows of weight above zero only`,
    })
  const warnings: Said[] = []
  if (task === 'classification') {
    if (classes!.length < 2)
      throw new AppError('bad-data', says`the target has one class only: "${classes![0] ?? ''}"`, {
        hint: says`a classifier needs rows of two classes or more: check the filters and the split above`,
      })
    const unseen = classes!.filter((_, k) => !seen.has(k))
    if (unseen.length) warnings.push(says`no training row is of the class ${named(unseen)}`.said)
  }
  // The corners of images are often the same in all of them.
  const constant = image ? [] : constantFeatures(train, features)
  if (constant.length && train.rows > 1)
    warnings.push(
      (constant.length === 1
        ? says`${named(constant)} has the same value in every training row and cannot help`
        : says`${named(constant)} have the same value in every training row and cannot help`
      ).said,
    )
  return warnings

  /** Which classes there are, and whether any row counts. */
  async function look(rows: Rows) {
    const seen = new Set<number>()
    let weight = false
    for await (const {y, weights} of targets(rows)) {
      if (task === 'classification') for (const k of y!) seen.add(k)
      weight ||= weights?.some(w => w > 0) ?? false
    }
    return {seen, weight}
  }
}

/**
 * Throws `bad-data` for numbers that no gradient can be taken of, and for classes that there are not. The features
 * of a spool are known to be finite: they were looked at when they were written.
 */
export async function checkNumbers({
  train,
  validation,
  features,
  classes,
  task,
}: TrainingData<Rows>) {
  for (const [part, rows] of [
    [says`training`, train],
    [says`validation`, validation],
  ] as const) {
    if (!rows) continue
    const refuse = (what: Phrase, value: number) => {
      throw new AppError('bad-data', says`${what} is ${value} in the ${part} rows`, {
        hint: says`add an impute or a clip step before the model, or filter those rows out`,
      })
    }
    const x = inMemory(rows) ? rows.x : []
    // A plain loop: there may be a hundred million.
    for (let i = 0; i < x.length; i++)
      if (!Number.isFinite(x[i]!)) refuse(verbatim(`"${features[i % features.length]}"`), x[i]!)
    const known = (v: number) =>
      task === 'classification'
        ? Number.isInteger(v) && v >= 0 && v < classes!.length
        : Number.isFinite(v)
    for await (const {y, weights} of targets(rows)) {
      const weight = weights?.find(w => !(w >= 0 && w < Number.POSITIVE_INFINITY))
      if (weight !== undefined) refuse(says`a row weight`, weight)
      const target = y?.find(v => !known(v))
      if (target !== undefined)
        refuse(task === 'classification' ? says`the number of a class` : says`a target`, target)
    }
  }
}

function constantFeatures(rows: Rows, features: readonly string[]): string[] {
  if (!inMemory(rows)) return rows.constant.map(j => features[j]!)
  const {x} = rows
  const width = features.length
  return features.filter((_, j) => {
    for (let i = 1; i < rows.rows; i++) if (x[i * width + j] !== x[j]) return false
    return true
  })
}

function named(names: readonly string[]): Phrase {
  const first = names
    .slice(0, 5)
    .map(name => `"${name}"`)
    .join(', ')
  return names.length > 5 ? says`${first} and ${names.length - 5} more` : verbatim(first)
}
