// What to mend before a model sees the table, each with the step that mends it.
import type {
  CategoryProfile,
  ColumnProfile,
  NumberProfile,
  Profile,
  Warning,
} from '../../schema/profile.ts'
import {type Phrase, says} from '../../words/says.ts'

/** Thresholds are conventions of the field rather than laws; each message gives the figure. */
const limits = {
  missing: 0.05,
  mostlyMissing: 0.6,
  categories: 50,
  /** With more categories than this, a step that counts them refuses the column. */
  counted: 100_000,
  skewness: 2,
  outliers: 0.05,
  imbalance: 0.1,
  correlated: 0.95,
  leak: {auc: 0.98, entropy: 0.9, r2: 0.95},
  /** With fewer rows than this, values that never repeat prove nothing. */
  idRows: 20,
}

/** Warnings in the order of the columns, after those about the target and the table as a whole. */
export function warningsOf(profile: Omit<Profile, 'warnings'>): Warning[] {
  const {columns, target} = profile
  return [
    ...targetWarnings(profile),
    ...duplicateWarnings(profile),
    ...columns.flatMap(column =>
      columnWarnings(column, profile.rows, column.name === target?.name),
    ),
    ...correlatedWarnings(profile),
  ]
}

const percent = (share: number) => {
  const shown = share * 100
  const round = shown >= 10 || Number.isInteger(shown)
  return says`${round ? Math.round(shown) : Number(shown.toPrecision(2))}%`
}

/** A sentence, and where its values stand apart. */
const told = (phrase: Phrase) => ({message: String(phrase), said: phrase.said})

function targetWarnings({target, columns, rows}: Omit<Profile, 'warnings'>): Warning[] {
  if (!target) return []
  const made: Warning[] = []
  const {name, measure, classes} = target
  const {missing} = columns.find(c => c.name === name)!
  if (missing > 0)
    made.push({
      kind: 'missing-target',
      columns: [name],
      ...told(says`${missing} of ${rows} rows have no ${name}: no model can learn from them`),
      fix: {kind: 'filter', params: {where: `${quoted(name)} is not null`}},
    })
  if (classes && classes.length > 1) {
    const [largest, smallest] = [classes[0]!, classes.at(-1)!]
    if (smallest.count < largest.count * limits.imbalance)
      made.push({
        kind: 'imbalanced',
        columns: [name],
        ...told(
          says`"${brief(smallest.value)}" has ${smallest.count} rows where "${brief(largest.value)}" has ${largest.count}`,
        ),
        fix: {kind: 'balance', params: {column: name}},
      })
  }
  for (const {name: column, value} of target.columns)
    if (value >= limits.leak[measure])
      made.push({
        kind: 'leakage',
        columns: [column],
        ...told(
          says`${column} alone tells ${name} almost exactly (${measures[measure]} ${Number(value.toFixed(3))}): is it known before the prediction?`,
        ),
        fix: {kind: 'drop', params: {columns: [column]}},
      })
  return made
}

const brief = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
const measures = {auc: 'ROC AUC', entropy: says`share of entropy`, r2: 'R²'}
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

function duplicateWarnings({duplicates, rows}: Omit<Profile, 'warnings'>): Warning[] {
  if (duplicates === 0) return []
  const message = says`${duplicates} of ${rows} rows repeat an earlier one: after a split, test rows may stand in training`
  return [{kind: 'duplicates', columns: [], ...told(message), fix: {kind: 'dedupe', params: {}}}]
}

function columnWarnings(column: ColumnProfile, rows: number, isTarget: boolean): Warning[] {
  const {name, missing, distinct} = column
  const about = (kind: Warning['kind'], phrase: Phrase, step?: string, params = {}): Warning => ({
    kind,
    columns: [name],
    ...told(phrase),
    ...(step && (!isTarget || forTarget.has(step))
      ? {fix: {kind: step, params: {columns: [name], ...params}}}
      : {}),
  })
  if (rows === 0) return []
  if (distinct === 0) return [about('empty', says`${name} has no values`, 'drop')]
  if (distinct === 1 && missing === 0)
    return [about('constant', says`${name} has the same value in all rows`, 'drop')]
  if (isIdLike(column, rows))
    return [
      about(
        'id-like',
        says`${name} has ${distinct} different values in ${rows} rows, like an id`,
        'drop',
      ),
    ]
  const made: Warning[] = []
  const share = missing / rows
  if (!isTarget && share > limits.mostlyMissing)
    made.push(about('missing', says`${name} is missing in ${percent(share)} of the rows`, 'drop'))
  else if (!isTarget && missing > 0 && share >= limits.missing)
    made.push(
      about(
        'missing',
        says`${name} is missing in ${percent(share)} of the rows`,
        ...filling(column),
      ),
    )
  if (column.kind === 'category') made.push(...categoryWarnings(column, rows - missing, about))
  if (column.kind === 'number') made.push(...numberWarnings(column, rows - missing, about))
  return made
}

/** A target, too, may be read as what it is. */
const forTarget = new Set(['cast'])

const filling = ({kind}: ColumnProfile): [string?, object?] =>
  kind === 'other' || kind === 'image'
    ? []
    : ['impute', {with: kind === 'number' ? 'median' : 'mode'}]

/** Every value differs from all others, and they are text or whole numbers. */
function isIdLike(column: ColumnProfile, rows: number): boolean {
  if (rows < limits.idRows || column.missing > 0 || column.distinct < rows * 0.99) return false
  if (column.kind === 'category')
    return !column.values || readable(column.values).n <= rows * mostly
  if (column.kind !== 'number' || !/INT/.test(column.type) || !column.numbers) return false
  // Measured whole numbers are seldom all different, unless they are spread far wider than the rows are many.
  const {min, max} = column.numbers
  return max - min < rows * 10 || /(^|[^a-z])(id|key|code|uuid|index)([^a-z]|$)/i.test(column.name)
}

type About = (kind: Warning['kind'], phrase: Phrase, step?: string, params?: object) => Warning

function categoryWarnings(
  {name, distinct, values}: Extract<ColumnProfile, {kind: 'category' | 'boolean'}>,
  present: number,
  about: About,
): Warning[] {
  if (!values) return []
  const {codes, empty, spelled} = values
  const {n, how} = readable(values)
  const words = present - empty - n
  const made: Warning[] = []
  if (n > 0 && codes === 0 && words <= 0)
    made.push(
      about('numbers-as-text', says`${name} is text, but all its values are numbers`, 'cast', {
        to: 'number',
        ...how,
        ...(empty > 0 ? {otherwise: 'missing'} : {}),
      }),
    )
  else if (n > present * mostly && codes === 0)
    made.push(
      about('mixed-types', says`${name} holds ${n} numbers and ${words} other texts`, 'cast', {
        to: 'number',
        ...how,
        otherwise: 'missing',
      }),
    )
  else if (distinct > limits.categories)
    made.push(
      about(
        'high-cardinality',
        says`${name} has ${distinct} categories`,
        distinct > limits.counted ? 'hash-encode' : 'frequency',
      ),
    )
  if (spelled.values > 0)
    made.push({
      ...about(
        'spellings',
        says`${name} writes ${spelled.values} of its values in several ways, such as ${spelled.example.map(text => `"${brief(text)}"`).join(', ')}`,
      ),
      fix: {kind: 'derive', params: {columns: {[name]: `lower(trim(${quoted(name)}))`}}},
    })
  return made
}

const mostly = 0.5

/** How many values are numbers, and how a cast reads them: as code writes them, or as people do. */
function readable({numeric, marked}: CategoryProfile) {
  return marked.values > numeric
    ? {n: marked.values, how: {decimal: marked.decimal}}
    : {n: numeric, how: {}}
}

function numberWarnings(
  {name, numbers}: Extract<ColumnProfile, {kind: 'number'}>,
  present: number,
  about: About,
): Warning[] {
  if (!numbers) return []
  const {infinite, skewness, outliers} = numbers
  const made: Warning[] = []
  if (infinite > 0)
    made.push(
      about('infinite', says`${name} is infinite in ${infinite} rows`, 'clip', {
        // The limits are the least and the greatest finite value: nothing else goes missing.
        ...{with: 'percentile', low: 0, high: 1},
        to: 'missing',
      }),
    )
  // Where three quarters of the rows have one value, no shape could be given to the others: a flag, say.
  if (quantile(numbers, 0.25) === quantile(numbers, 0.75)) return made
  // By quantiles, which flatten any tail: no power mends two long ones.
  if (Math.abs(skewness) > limits.skewness)
    made.push(
      about('skewed', says`${name} is skewed (${Number(skewness.toFixed(1))})`, 'transform', {
        with: 'quantile',
      }),
    )
  else if (outliers.count > present * limits.outliers)
    made.push(
      about(
        'outliers',
        says`${percent(outliers.count / present)} of ${name} lie beyond ${shown(outliers.low)} and ${shown(outliers.high)}`,
        'clip',
        {with: 'iqr'},
      ),
    )
  return made
}

const quantile = ({quantiles}: NumberProfile, p: number) => quantiles.find(q => q.p === p)!.value

const shown = (x: number) => Number(x.toPrecision(6))

function correlatedWarnings({correlations, target}: Omit<Profile, 'warnings'>): Warning[] {
  const seen = new Set<string>()
  return correlations.flatMap(({a, b, measure, value}) => {
    const pair = JSON.stringify([a, b])
    if (measure === 'correlation-ratio' || a === target?.name || b === target?.name) return []
    if (Math.abs(value) < limits.correlated || seen.has(pair)) return []
    seen.add(pair)
    return [
      {
        kind: 'correlated',
        columns: [a, b],
        ...told(says`${a} and ${b} say nearly the same (${measure} ${Number(value.toFixed(3))})`),
        fix: {kind: 'drop', params: {columns: [b]}},
      },
    ]
  })
}
