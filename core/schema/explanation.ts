// What a run's model leans on, as it is kept with the run and shown.
import {z} from 'zod'
import {figure} from './figure.ts'
import {columnKinds} from './table.ts'

const figures = z.array(figure)

/** The metrics that importance may be told in, by task; the first is meant where none is named. */
export const explainedIn = {
  // A loss notices what changes no label.
  classification: ['log_loss', 'accuracy', 'balanced_accuracy', 'macro_f1', 'roc_auc'],
  regression: ['rmse', 'mae', 'r2'],
} as const
export type ExplainedTask = keyof typeof explainedIn

/** One output of the model along a column's values: the mean over the rows, and a band of four in five of them. */
const lineSchema = z.object({
  /** Whose probability it is; absent where the model gives a value. */
  class: z.string().optional(),
  mean: figures,
  low: figures,
  high: figures,
})

const dependenceSchema = z.object({
  name: z.string(),
  kind: z.enum(columnKinds),
  /** The values that the column was set to: numbers (dates: µs since 1970, UTC; flags: 0 and 1), or texts. */
  at: z.union([z.array(z.number()), z.array(z.string())]),
  /** How many rows have each text. */
  counts: z.array(z.number()).optional(),
  /** Texts that are not among the most frequent. */
  leftOut: z.number().optional(),
  /** 10% to 90%: where the rows lie. */
  deciles: z.array(z.number()).optional(),
  /** Over how many rows. */
  rows: z.number(),
  lines: z.array(lineSchema),
  /** Classes that are not among the most frequent. */
  classesLeftOut: z.number().optional(),
})
export type Dependence = z.infer<typeof dependenceSchema>

export const explanationSchema = z.object({
  /** Which rows: those that training saw least of. */
  part: z.enum(['train', 'validation', 'test']),
  /** Rows of that part with a target, of which `rows` were drawn and had an answer. */
  all: z.number(),
  rows: z.number(),
  /** Rows that were drawn and that the model cannot answer: a value that it needs is missing. */
  unanswered: z.number(),
  /** Whose columns these are, where a cell of the document is known to give them. */
  cell: z.string().optional(),
  /** The kinds of the steps that the columns had been through by then; none: they are as they were read. */
  after: z.array(z.string()),
  /** The metric that importance is told in, and what it is with every column in its place. */
  metric: z.object({name: z.string(), better: z.enum(['high', 'low']), value: figure}),
  repeats: z.number(),
  seed: z.number(),
  /** The most important first; see `permutationImportance`. */
  importance: z.array(z.object({name: z.string(), values: figures, mean: figure, sd: figure})),
  /** Columns that the rows have and the model does not read. */
  unread: z.array(z.string()),
  /** Of the leading columns; see `partialDependence`. */
  dependence: z.array(dependenceSchema),
})
export type Explanation = z.infer<typeof explanationSchema>
