// Labels, probabilities and values of every awkward sort, to measure with us and with a peer.
import {below, type Random, random} from '../../core/evaluate/random.ts'

export type ClassificationCase = {
  name: string
  classes: number
  y: Uint32Array
  /** Row-major `rows × classes`. */
  p: Float32Array
  w: Float64Array
}

export type RegressionCase = {name: string; y: Float64Array; p: Float64Array; w: Float64Array}

/** `--quick` tries fewer of each sort. */
const seeds = process.env.BANCADA_INTEROP_QUICK
  ? [1, 2, 3]
  : Array.from({length: 12}, (_, i) => i + 1)

const unit = (draw: Random) => draw() / 2 ** 32
// Sums of quarters are exact. With other weights scikit-learn's R² of a constant target is a rounding
// divided by a rounding, such as −1e30.
const quarters = (draw: Random) => (1 + below(draw, 12)) / 4
const normal = (draw: Random) =>
  Math.sqrt(-2 * Math.log(1 - unit(draw))) * Math.cos(2 * Math.PI * unit(draw))

/** Rows of probabilities; `of` gives a score that is not negative, not all of a row 0. */
function table(rows: number, classes: number, of: (row: number, k: number) => number) {
  const p = new Float32Array(rows * classes)
  for (let i = 0; i < rows; i++) {
    const scores = Array.from({length: classes}, (_, k) => of(i, k))
    const sum = scores.reduce((a, b) => a + b, 0)
    for (const [k, score] of scores.entries()) p[i * classes + k] = score / sum
  }
  return p
}

/** As scores: every row the same 8 eighths, dealt to the classes at random, so that many rows tie. */
function eighths(draw: Random, classes: number): number[] {
  const row = new Array<number>(classes).fill(0)
  for (let n = 0; n < 8; n++) row[below(draw, classes)]!++
  return row
}

export function classificationCases(): ClassificationCase[] {
  const cases: ClassificationCase[] = []
  for (const seed of seeds)
    for (const classes of [2, 3, 6]) {
      const draw = random(seed * 10 + classes)
      const rows = 20 + below(draw, 300)
      const labels = (of: () => number) => Uint32Array.from({length: rows}, of)
      const balanced = labels(() => below(draw, classes))
      const rare = labels(() => (unit(draw) < 0.97 ? 0 : below(draw, classes)))
      // Every class has a row, whatever the draw.
      for (let k = 0; k < classes; k++) rare[k] = balanced[k] = k
      const noisy = (y: Uint32Array) =>
        table(rows, classes, (i, k) => unit(draw) + (y[i] === k ? 0.4 : 0))
      const tied = Array.from({length: rows}, () => eighths(draw, classes))
      const plain: Omit<ClassificationCase, 'w' | 'classes'>[] = [
        {name: 'random', y: balanced, p: noisy(balanced)},
        {name: 'tied', y: balanced, p: table(rows, classes, (i, k) => tied[i]![k]!)},
        {name: 'imbalanced', y: rare, p: noisy(rare)},
        {name: 'one class only', y: labels(() => classes - 1), p: noisy(balanced)},
        {name: 'a class absent', y: labels(() => below(draw, classes - 1)), p: noisy(balanced)},
        {name: 'all scores equal', y: balanced, p: table(rows, classes, () => 1)},
        {
          name: 'certain and right',
          y: balanced,
          p: table(rows, classes, (i, k) => (balanced[i] === k ? 1 : 0)),
        },
        {
          name: 'certain and wrong',
          y: balanced,
          p: table(rows, classes, (i, k) => ((balanced[i]! + 1) % classes === k ? 1 : 0)),
        },
        {name: 'one row', y: Uint32Array.of(1), p: table(1, classes, (_, k) => k + 1)},
      ]
      for (const {name, y, p} of plain)
        for (const weighted of [false, true])
          cases.push({
            name: `${name}, ${classes} classes, seed ${seed}${weighted ? ', weighted' : ''}`,
            classes,
            y,
            p,
            w: Float64Array.from(y, () => (weighted ? quarters(draw) : 1)),
          })
    }
  return cases
}

export function regressionCases(): RegressionCase[] {
  const cases: RegressionCase[] = []
  for (const seed of seeds) {
    const draw = random(seed)
    const rows = 2 + below(draw, 300)
    const values = (of: (i: number) => number) => Float64Array.from({length: rows}, (_, i) => of(i))
    const y = values(() => 10 + normal(draw))
    const skewed = values(() => Math.exp(3 * normal(draw)) + 1e-3)
    const plain: Omit<RegressionCase, 'w'>[] = [
      {name: 'noisy', y, p: y.map(v => v + normal(draw))},
      {name: 'skewed', y: skewed, p: skewed.map(v => v * (1 + 0.3 * normal(draw)))},
      {name: 'large', y: y.map(v => v * 1e9), p: y.map(v => (v + normal(draw)) * 1e9)},
      {name: 'tied', y: values(() => 1 + below(draw, 3)), p: values(() => 1 + below(draw, 3))},
      {name: 'constant target', y: values(() => 7), p: values(() => 7 + normal(draw))},
      {name: 'constant and right', y: values(() => 7), p: values(() => 7)},
      {name: 'right', y, p: y},
    ]
    for (const {name, y: truth, p} of plain)
      for (const weighted of [false, true])
        cases.push({
          name: `${name}, seed ${seed}${weighted ? ', weighted' : ''}`,
          y: truth,
          p,
          w: values(() => (weighted ? quarters(draw) : 1)),
        })
  }
  return cases
}

/** Points around three centres in `features` dimensions, with a cluster each: mostly the nearest. */
export function clusterings() {
  return seeds.map(seed => {
    const draw = random(seed)
    const features = 1 + below(draw, 4)
    const rows = 30 + below(draw, 120)
    const cluster = Uint32Array.from({length: rows}, () => below(draw, 3))
    // A cluster of one row and one without rows.
    cluster[0] = 5
    const x = new Float32Array(rows * features)
    for (let i = 0; i < x.length; i++) x[i] = normal(draw) + 3 * cluster[Math.floor(i / features)]!
    return {x, features, cluster}
  })
}
