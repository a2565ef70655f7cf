// The confusion matrix: how many rows of each class were taken for each class.

export type Confusion = {
  classes: number
  /** Row-major `classes × classes`: truth down, prediction across. */
  cells: Float64Array
}

/** Class indices, from 0. */
export type Labels = ArrayLike<number>

/** The rows made ready; gives the matrix for any weights of the rows. */
export function confusion(truth: Labels, predicted: Labels, classes: number) {
  const cell = new Uint32Array(truth.length)
  for (let i = 0; i < cell.length; i++) cell[i] = truth[i]! * classes + predicted[i]!
  return (weights: Float64Array): Confusion => {
    const cells = new Float64Array(classes * classes)
    for (let i = 0; i < cell.length; i++) cells[cell[i]!]! += weights[i]!
    return {classes, cells}
  }
}

/** The class of the highest probability in each row; the first of equals, as `argmax` in numpy and ONNX. */
export function predictedLabels(probabilities: Float32Array, classes: number): Uint32Array {
  const labels = new Uint32Array(probabilities.length / classes)
  for (let i = 0; i < labels.length; i++) {
    let best = 0
    for (let k = 1; k < classes; k++)
      if (probabilities[i * classes + k]! > probabilities[i * classes + best]!) best = k
    labels[i] = best
  }
  return labels
}

/** Sums by class: its own rows (`truth`), the rows taken for it (`predicted`), both (`right`), and of all. */
export function sums({classes, cells}: Confusion) {
  const truth = new Float64Array(classes)
  const predicted = new Float64Array(classes)
  const right = new Float64Array(classes)
  let total = 0
  for (let t = 0; t < classes; t++)
    for (let p = 0; p < classes; p++) {
      const n = cells[t * classes + p]!
      truth[t]! += n
      predicted[p]! += n
      if (t === p) right[t] = n
      total += n
    }
  return {truth, predicted, right, total}
}
export type Sums = ReturnType<typeof sums>
