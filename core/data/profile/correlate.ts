// How columns go together, two by two: numbers, categories, and one of each.
import {breathe} from '../../breathe.ts'
import type {Task} from '../../plugin.ts'
import type {ColumnProfile, Correlation} from '../../schema/profile.ts'
import {type Phrase, progressOf, type Said, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import type {Relation} from '../sql.ts'
import {codesOf, correlationRatio, cramersV, pearson, ranks, standardised} from './measures.ts'
import {mark, measure, readValues} from './values.ts'

/** Caps: pairs grow with the square of the columns. */
const mostNumbers = 60
const mostCategories = 20
/** A category column with more values than this is not compared. */
const mostValues = 500
/** Of a table of more cells or rows than this, some rows are drawn: they are held in memory. */
const mostCells = 8_000_000
const mostRows = 1_000_000

type Found = {correlations: Correlation[]; limits: Said[]}

export async function correlate(
  session: Session,
  rows: Relation,
  columns: readonly ColumnProfile[],
  count: number,
  {signal, tell}: Task,
): Promise<Found> {
  const {numbers, categories, limits} = chosen(columns)
  const width = numbers.length + categories.length
  if (width < 2) return {correlations: [], limits}
  const most = Math.min(mostRows, Math.floor(mostCells / width))
  if (count > most)
    limits.push(says`correlations are estimated from about ${most} of ${count} rows`.said)
  tell(progressOf(says`correlating the columns`, {done: 0}))
  const read = await readValues(
    session,
    rows,
    [...numbers.map(measure), ...categories.map(c => mark(c.name))],
    {count, most},
    signal,
  )
  const coded = categories.map((c, i) => ({a: c.name, codes: codesOf(read[numbers.length + i]!)}))

  const correlations: Correlation[] = []
  const [n, c] = [numbers.length, categories.length]
  const pairs = n * (n - 1) + (c * (c - 1)) / 2 + n * c
  let done = 0
  const turn = breathe(signal)
  const add = async (a: string, b: string, measure: Correlation['measure'], value: number) => {
    // A column that is constant over the rows of a pair has no correlation.
    if (Number.isFinite(value)) correlations.push({a, b, measure, value})
    done++
    if (done % 100 === 0) tell(progressOf(says`correlating the columns`, {done: done / pairs}))
    await turn()
  }
  const everyPair = async (measure: 'pearson' | 'spearman', values: readonly Float64Array[]) => {
    for (const [i, a] of numbers.entries())
      for (let j = i + 1; j < numbers.length; j++)
        await add(a.name, numbers[j]!.name, measure, pearson(values[i]!, values[j]!))
  }
  const plain: Float64Array[] = []
  for (const [i] of numbers.entries()) {
    plain.push(standardised(read[i]!))
    await turn()
  }
  await everyPair('pearson', plain)
  for (const [i, {a, codes}] of coded.entries()) {
    for (const other of coded.slice(i + 1))
      await add(a, other.a, 'cramers-v', cramersV(codes, other.codes))
    for (const [j, {name}] of numbers.entries())
      await add(a, name, 'correlation-ratio', correlationRatio(codes, plain[j]!))
  }
  if (numbers.length > 1) {
    const ranked: Float64Array[] = []
    for (const [i] of numbers.entries()) {
      ranked.push(standardised(ranks(read[i]!)))
      await turn()
    }
    await everyPair('spearman', ranked)
  }
  return {correlations, limits}
}

/** The columns that are compared, and what is said of those that are not. */
function chosen(columns: readonly ColumnProfile[]) {
  const limits: Said[] = []
  const few = (found: ColumnProfile[], most: number, what: Phrase) => {
    if (found.length > most)
      limits.push(says`correlations cover the first ${most} of ${found.length} ${what}`.said)
    return found.slice(0, most)
  }
  const numbers = few(
    columns.filter(c => c.kind === 'number' && c.numbers && c.numbers.sd > 0),
    mostNumbers,
    says`number columns`,
  )
  const varied = columns.filter(
    c => (c.kind === 'category' || c.kind === 'boolean') && c.distinct > 1,
  )
  const many = varied.filter(c => c.distinct > mostValues)
  if (many.length > 0)
    limits.push(
      says`correlations leave out ${many.length} category columns with more than ${mostValues} values`
        .said,
    )
  const categories = few(
    varied.filter(c => !many.includes(c)),
    mostCategories,
    says`category columns`,
  )
  return {numbers, categories, limits}
}
