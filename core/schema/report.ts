// What an evaluation, a rehearsal or a drift check found, as plain data for screens, cards and the command line.
import {z} from 'zod'
import type {Told} from '../words/says.ts'
import {figure} from './figure.ts'
import {told} from './said.ts'

/** A figure, with the interval that bootstrap gives it. Left out where it is undefined: JSON has no NaN. */
export type Metric = {
  name: string
  value: number
  /** The interval's ends, at the level that `Report.intervals` names. */
  low?: number
  high?: number
  better: 'high' | 'low'
  /** What a model gets that knows nothing but the training targets (`Report.baseline` says how). */
  baseline?: number
}

/** One thing to draw or list. `kind` tells how. */
export type Exhibit =
  /** `counts[truth][predicted]`; sums of weights where the rows have weights. */
  | {kind: 'confusion'; classes: string[]; counts: number[][]}
  | {kind: 'curve'; name: 'roc' | 'pr' | 'calibration' | 'lift' | 'gain'; series: Series[]}
  /** `rows` tells how many there are, where only a seeded sample of them is listed. */
  | {kind: 'residuals'; predicted: number[]; residual: number[]; rows?: number}
  /** `counts[i]` values lie in [edges[i], edges[i + 1]), the last bin closed. */
  | {kind: 'histogram'; name: Told; edges: number[]; counts: number[]}
  | {kind: 'slices'; column: string; slices: Slice[]; leftOut?: number}
  | {kind: 'folds'; rows: number[]; metrics: FoldMetric[]}
  | {kind: 'table'; name: Told; columns: Told[]; rows: (Told | number | null)[][]}

/** A line's points. Points that change nothing one could see (on a straight line) are left out. */
export type Series = {
  label: string
  x: number[]
  y: number[]
  /** The area under a ROC curve; the average precision of a PR curve. */
  area?: number
  /** The threshold at each point: rows that score at least this count as positive. `null`: no row does. */
  at?: (number | null)[]
  /** How many rows each point stands for, in a calibration curve. */
  counts?: number[]
}

/** The rows where a column has one value (or lies in one range). */
export type Slice = {value: string; rows: number; metrics: Metric[]}

/** A metric over cross-validation's folds; `sd` divides by the folds less one, and needs two. */
export type FoldMetric = {
  name: string
  better: 'high' | 'low'
  mean: number
  sd?: number
  /** One a fold, in order; `null` where it is undefined there. */
  values: (number | null)[]
}

/** How the intervals were made. */
export type Intervals = {
  method: 'percentile bootstrap'
  level: number
  repeats: number
  seed: number
}

export type Report = {
  /** `evaluation`, `rehearsal`, `drift`. */
  about: 'evaluation' | 'rehearsal' | 'drift'
  title: Told
  /** How many rows it was found on. */
  rows?: number
  metrics: Metric[]
  intervals?: Intervals
  /** What the baseline beside each metric answers, such as `always "Adelie" (44%)`. */
  baseline?: Told
  exhibits: Exhibit[]
  /** True where something asks for attention: drift found, golden answers that differ. */
  alarm?: boolean
  warnings: Told[]
}

export const metricSchema = z.object({
  name: z.string(),
  value: figure,
  low: figure.optional(),
  high: figure.optional(),
  better: z.enum(['high', 'low']),
  baseline: figure.optional(),
}) satisfies z.ZodType<Metric>

const figures = z.array(figure)

const exhibit = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('confusion'), classes: z.array(z.string()), counts: z.array(figures)}),
  z.object({
    kind: z.literal('curve'),
    name: z.enum(['roc', 'pr', 'calibration', 'lift', 'gain']),
    series: z.array(
      z.object({
        label: z.string(),
        x: figures,
        y: figures,
        area: figure.optional(),
        at: z.array(figure.nullable()).optional(),
        counts: figures.optional(),
      }),
    ),
  }),
  z.object({
    kind: z.literal('residuals'),
    predicted: figures,
    residual: figures,
    rows: z.number().optional(),
  }),
  z.object({kind: z.literal('histogram'), name: z.string(), edges: figures, counts: figures}),
  z.object({
    kind: z.literal('slices'),
    column: z.string(),
    slices: z.array(
      z.object({value: z.string(), rows: z.number(), metrics: z.array(metricSchema)}),
    ),
    leftOut: z.number().optional(),
  }),
  z.object({
    kind: z.literal('folds'),
    rows: z.array(z.number()),
    metrics: z.array(
      z.object({
        name: z.string(),
        better: z.enum(['high', 'low']),
        mean: figure,
        sd: figure.optional(),
        values: z.array(figure.nullable()),
      }),
    ),
  }),
  z.object({
    kind: z.literal('table'),
    name: told,
    columns: z.array(told),
    // Text stays text here: a cell that says NaN may be a class of that name.
    rows: z.array(z.array(z.union([told, z.number(), z.null()]))),
  }),
]) satisfies z.ZodType<Exhibit>

/** A report as it is read back from a JSON file: whole. */
export const reportSchema = z.object({
  about: z.enum(['evaluation', 'rehearsal', 'drift']),
  title: told,
  rows: z.number().optional(),
  metrics: z.array(metricSchema),
  intervals: z
    .object({
      method: z.literal('percentile bootstrap'),
      level: z.number(),
      repeats: z.number(),
      seed: z.number(),
    })
    .optional(),
  baseline: told.optional(),
  exhibits: z.array(exhibit),
  alarm: z.boolean().optional(),
  warnings: z.array(told),
}) satisfies z.ZodType<Report>

/** Which of a document's tables some evaluated rows are shown as. */
export type RowsOf = {
  /** As `table.page` takes it: `parts.test`. */
  table: string
  /** How many steps made the model's features of it. */
  steps: number
  /** Whether its cell drops or reorders rows, so that what they were above it cannot be told. */
  reordered: boolean
}
