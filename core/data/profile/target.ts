// How well each column alone tells the target: the way to see a leak before a model does.
import {breathe} from '../../breathe.ts'
import type {Task} from '../../plugin.ts'
import type {ColumnProfile, TargetProfile} from '../../schema/profile.ts'
import {progressOf, type Said, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, type Relation, relation, sql} from '../sql.ts'
import {blocks} from './cells.ts'
import {type Codes, codesOf} from './measures.ts'
import {ascending, asNumber, levels, mark, measure, places, readValues} from './values.ts'

/** Numbers and dates of many values fall into some bins of equally many rows, and as many of equal width. */
const binsFor = (rows: number) => Math.max(4, Math.min(32, Math.round(Math.sqrt(rows / 8))))
const mostColumns = 2000
/** Of a longer table, so many rows are drawn. */
const mostRows = 1_000_000
/** A number with no more different values than this, all whole, is taken for classes. */
const mostClasses = 20
/** Classes that are listed. */
const mostListed = 100

export async function targetProfile(
  session: Session,
  rows: Relation,
  columns: readonly ColumnProfile[],
  name: string,
  {signal, tell}: Task,
): Promise<{target: TargetProfile; limits: Said[]}> {
  const target = columns.find(c => c.name === name)!
  const task = await taskOf(session, rows, target, signal)
  const present = task === 'regression' ? sql`isfinite(${id(name)}::double)` : hasValue(target)
  const known = relation(sql`select * from ${rows} where ${present}`, rows.columns)
  const classes = task === 'classification' ? await classesOf(session, known, name, signal) : []
  const count = await countOf(session, known, signal)
  const measured = task === 'regression' ? 'r2' : classes.length === 2 ? 'auc' : 'entropy'
  const others = columns.filter(
    c => c.name !== name && c.kind !== 'other' && c.kind !== 'image' && c.distinct > 0,
  )
  const compared = others.slice(0, mostColumns)
  const limits = [
    ...(others.length > mostColumns
      ? [
          says`the target is compared with the first ${mostColumns} of ${others.length} columns`
            .said,
        ]
      : []),
    ...(count > mostRows && compared.length > 0
      ? [says`the target is compared over about ${mostRows} of ${count} rows`.said]
      : []),
    ...(classes.length > mostListed
      ? [says`the ${mostListed} most frequent of ${classes.length} classes are listed`.said]
      : []),
  ]
  const judged: TargetProfile['columns'] = []
  const turn = breathe(signal)
  const draw = {count, most: mostRows}
  const told = task === 'regression' ? measure(target) : mark(name)
  tell(progressOf(says`comparing columns with ${name}`, {done: 0}))
  for (const block of blocks(compared, Math.min(count, mostRows))) {
    const [y, ...read] = await readValues(
      session,
      known,
      [told, ...block.map(asNumber)],
      draw,
      signal,
    )
    const judge = judges[measured](y!)
    for (const [i, column] of block.entries()) {
      judged.push({name: column.name, value: judge(binned(column, read[i]!))})
      tell(
        progressOf(says`comparing columns with ${name}`, {done: judged.length / compared.length}),
      )
      await turn()
    }
  }
  judged.sort((a, b) => b.value - a.value)
  return {
    target: {
      name,
      task,
      measure: measured,
      columns: judged,
      ...(task === 'classification' ? {classes: classes.slice(0, mostListed)} : {}),
    },
    limits,
  }
}

const hasValue = ({name, type}: ColumnProfile) =>
  /^(FLOAT|DOUBLE)$/.test(type)
    ? sql`${id(name)} is not null and not isnan(${id(name)})`
    : sql`${id(name)} is not null`

async function countOf(session: Session, rows: Relation, signal: AbortSignal): Promise<number> {
  const [row] = await session.rows(sql`select count(*) as n from ${rows}`, {signal})
  return Number(row!.n)
}

async function taskOf(
  session: Session,
  rows: Relation,
  target: ColumnProfile,
  signal: AbortSignal,
) {
  if (target.kind !== 'number') return 'classification'
  if (target.distinct > mostClasses) return 'regression'
  const x = sql`${id(target.name)}::double`
  const [row] = await session.rows(
    sql`select bool_and(${x} = trunc(${x})) as whole from ${rows} where isfinite(${x})`,
    {signal},
  )
  return row!.whole === true ? 'classification' : 'regression'
}

async function classesOf(session: Session, rows: Relation, name: string, signal: AbortSignal) {
  const found = await session.rows(
    sql`select left(${id(name)}::varchar, 200) as value, count(*) as n from ${rows} group by ${id(name)} order by n desc, value`,
    {signal},
  )
  return found.map(row => ({value: String(row.value), count: Number(row.n)}))
}

/** The bin that each value falls into; a missing value into bin 0. */
function binned({kind}: ColumnProfile, values: Float64Array): Codes {
  if (kind !== 'number' && kind !== 'date') return codesOf(values)
  const bins = binsFor(values.length)
  const different = levels(values)
  if (different.length <= 2 * bins)
    return {codes: places(values, different), most: different.length}
  const sorted = ascending(values).filter(Number.isFinite)
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  const edges = [Number.NEGATIVE_INFINITY]
  for (let k = 1; k < bins; k++) {
    edges.push(sorted[Math.floor((k / bins) * sorted.length)]!)
    edges.push(low * (1 - k / bins) + high * (k / bins))
  }
  const at = levels(Float64Array.from(edges))
  return {codes: places(values, at), most: at.length}
}

type Judge = (column: Codes) => number

/** Which half of the rows a row belongs to: scattered, so that their order does not matter. */
function half(row: number): 0 | 1 {
  // The finaliser of MurmurHash3, which spreads every bit of the number over all.
  let h = Math.imul(row ^ (row >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) & 1) as 0 | 1
}

/** How many rows of the overall rate are mixed into each bin: a bin of one row proves little. */
const smoothing = 1

/** For each measure, from the target's values (without gaps) to the judgement of a column. */
const judges: Record<TargetProfile['measure'], (y: Float64Array) => Judge> = {
  /** The area under the ROC curve of the rate of positives, learned on the other half. */
  auc(y) {
    const {codes: classes} = codesOf(y)
    const positive = (row: number) => classes[row]! - 1
    const rate = classes.reduce((sum, c) => sum + c - 1, 0) / classes.length
    return column => {
      const bins = summed(column, positive)
      const areas = ([0, 1] as const).map(h => {
        const other = bins[1 - h]!
        const score = (bin: number) =>
          (other.sums[bin]! + smoothing * rate) / (other.counts[bin]! + smoothing)
        return areaUnder(bins[h]!, score)
      })
      const sound = areas.filter(Number.isFinite)
      return sound.length > 0 ? sound.reduce((a, b) => a + b) / sound.length : 0.5
    }
  },
  /** One less the cross-entropy of the smoothed class rates over the entropy of the classes alone. */
  entropy(y) {
    const classes = codesOf(y)
    const counts = new Float64Array(classes.most + 1)
    for (const c of classes.codes) counts[c]!++
    const rate = counts.map(n => n / classes.codes.length)
    return column => {
      const seen = summed(column, () => 0)
      // A bin together with a class, counted through: few of all that could be do occur.
      const together = Float64Array.from(
        column.codes,
        (bin, i) => bin * (classes.most + 1) + classes.codes[i]!,
      )
      const cells = codesOf(together)
      const hits = summed(cells, () => 0)
      let [left, whole] = [0, 0]
      for (let i = 0; i < column.codes.length; i++) {
        const bin = column.codes[i]!
        const other = 1 - half(i)
        const usual = rate[classes.codes[i]!]!
        const had = hits[other]!.counts[cells.codes[i]!]!
        left -= Math.log((had + smoothing * usual) / (seen[other]!.counts[bin]! + smoothing))
        whole -= Math.log(usual)
      }
      return whole > 0 ? Math.max(0, 1 - left / whole) : 0
    }
  },
  /** One less the squared error of the bins' smoothed means over that of the mean alone. */
  r2(y) {
    const mean = y.reduce((sum, v) => sum + v / y.length, 0)
    const centred = (row: number) => y[row]! - mean
    return column => {
      const bins = summed(column, centred)
      let [left, whole] = [0, 0]
      for (let i = 0; i < column.codes.length; i++) {
        const bin = column.codes[i]!
        const other = bins[1 - half(i)]!
        const guess = other.sums[bin]! / (other.counts[bin]! + smoothing)
        left += (centred(i) - guess) ** 2
        whole += centred(i) ** 2
      }
      return whole > 0 ? Math.max(0, 1 - left / whole) : 0
    }
  },
}

type Sums = {counts: Float64Array; sums: Float64Array}

/** For each half of the rows, how many rows each bin has and what their values add up to. */
function summed({codes, most}: Codes, value: (row: number) => number): [Sums, Sums] {
  const empty = (): Sums => ({counts: new Float64Array(most + 1), sums: new Float64Array(most + 1)})
  const made: [Sums, Sums] = [empty(), empty()]
  for (let i = 0; i < codes.length; i++) {
    const to = made[half(i)]
    to.counts[codes[i]!]!++
    to.sums[codes[i]!]! += value(i)
  }
  return made
}

/** The area under the ROC curve of bins by their scores, ties halved; `sums` are the positives of a bin. */
function areaUnder({counts, sums}: Sums, score: (bin: number) => number): number {
  const order = Array.from(counts, (n, bin) => ({n, p: sums[bin]!, score: score(bin)}))
    .filter(({n}) => n > 0)
    .sort((a, b) => a.score - b.score)
  let [area, negatives, positives] = [0, 0, 0]
  for (let i = 0; i < order.length; ) {
    let [p, q] = [0, 0]
    const {score} = order[i]!
    for (; i < order.length && order[i]!.score === score; i++) {
      p += order[i]!.p
      q += order[i]!.n - order[i]!.p
    }
    area += p * (negatives + q / 2)
    negatives += q
    positives += p
  }
  return area / (positives * negatives)
}
