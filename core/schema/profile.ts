// What a table looks like, as plain data: for screens, the command line and the baseline of a model.
import type {Said, Told} from '../words/says.ts'

export type Profile = {
  rows: number
  columns: ColumnProfile[]
  /** Rows that repeat an earlier row. */
  duplicates: number
  missing: MissingProfile
  correlations: Correlation[]
  target?: TargetProfile
  warnings: Warning[]
  /** What was left out or estimated, and why; empty when every figure is exact. */
  limits: Told[]
}

/** The profile of a file or of a cell's table, and what reading it had to say. */
export type TableProfile = Profile & {
  /** Rows that could not be read, which are not among `rows`. */
  rejected: number
  notes: Told[]
}

type Common = {
  name: string
  /** DuckDB's own type name. */
  type: string
  /** Rows without a value: null, and NaN. */
  missing: number
  /** Different values that are not missing. */
  distinct: number
  /** Figures of this column that are estimates. */
  estimated?: ('distinct' | 'quantiles')[]
}

export type ColumnProfile = Common &
  (
    | {kind: 'number'; numbers?: NumberProfile}
    | {kind: 'date'; dates?: DateProfile}
    | {kind: 'category' | 'boolean'; values?: CategoryProfile}
    | {kind: 'image' | 'other'}
  )

/** Of the finite values; absent when there are none. */
export type NumberProfile = {
  min: number
  max: number
  mean: number
  /** Sample standard deviation (n - 1); 0 for one value. */
  sd: number
  /** Fisher's moment coefficient of skewness, m3 / m2^1.5; 0 for a constant. */
  skewness: number
  zeros: number
  negatives: number
  infinite: number
  /** Interpolated between the two nearest values, as numpy and DuckDB's `quantile_cont` do. */
  quantiles: {p: number; value: number}[]
  /** Values beyond Tukey's fences: 1.5 interquartile ranges below the first quartile or above the third. */
  outliers: {count: number; low: number; high: number}
  histogram: Histogram<number>
}

export type DateProfile = {min: string; max: string; median: string; histogram: Histogram<string>}

/** `counts[i]` values lie from `edges[i]` to before `edges[i + 1]`; the last bin has its upper edge as well. */
export type Histogram<T> = {edges: T[]; counts: number[]}

export type CategoryProfile = {
  /** The most frequent values, most frequent first; of a long value the first 200 characters. */
  top: {value: string; count: number}[]
  /** Values that are the empty text. */
  empty: number
  /** Values that read as numbers. */
  numeric: number
  /** Values that are numbers with a currency, a percent sign, a mark between thousands or a decimal comma. */
  marked: {values: number; decimal: '.' | ','}
  /** Values that several spellings differ from in case and outer spaces only; the most frequent one's, if any. */
  spelled: {values: number; example: string[]}
  /** Values of digits that begin with a zero: codes rather than numbers. */
  codes: number
  /** Characters. */
  shortest: number
  longest: number
}

export type MissingProfile = {
  /** Rows that miss at least one value. */
  rows: number
  /** Which columns are missing together, most frequent first. */
  patterns: {columns: string[]; rows: number}[]
}

/**
 * How two columns go together, over the rows where neither is missing; `spearman` takes the ranks that their
 * values have in each whole column. `pearson` and `spearman` go from -1 to 1; `cramers-v` (corrected for bias: Bergsma 2013) and `correlation-ratio` (the share of the number's
 * spread that the categories explain, as a root) from 0 to 1.
 */
export type Correlation = {
  a: string
  b: string
  measure: 'pearson' | 'spearman' | 'cramers-v' | 'correlation-ratio'
  value: number
}

/**
 * How well each column alone tells the target. The column's values (numbers and dates in up to 64 bins) are
 * learned on one half of the rows and judged on the other, and the other way round, so that a column of
 * unique values tells nothing. `auc`: area under the ROC curve, 0.5 for nothing. `entropy`: the share of
 * the target's entropy that is explained. `r2`: the share of its variance.
 */
export type TargetProfile = {
  name: string
  task: 'classification' | 'regression'
  measure: 'auc' | 'entropy' | 'r2'
  /** Best first. */
  columns: {name: string; value: number}[]
  /** Of a classification: rows of each class, most frequent first; the first 100 of many. */
  classes?: {value: string; count: number}[]
}

export const warningKinds = [
  'constant',
  'empty',
  'id-like',
  'high-cardinality',
  'skewed',
  'outliers',
  'infinite',
  'imbalanced',
  'mixed-types',
  'spellings',
  'numbers-as-text',
  'missing',
  'missing-target',
  'duplicates',
  'leakage',
  'correlated',
] as const

export type Warning = {
  kind: (typeof warningKinds)[number]
  /** The columns it is about; none for the table as a whole. */
  columns: string[]
  /** One sentence, with the figures. */
  message: string
  /** The same with its values apart. */
  said: Said
  /** The step that mends it, ready for a cell. */
  fix?: {kind: string; params: Record<string, unknown>}
}
