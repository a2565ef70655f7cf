// What an evaluation, a rehearsal or a drift check found, as plain data for screens, cards and the command line.
import {z} from 'zod'
import {figure} from './figure.ts'

/** A figure, with the interval that bootstrap gives it (95% unless `level` says otherwise). */
export type Metric = {
  name: string
  value: number
  low?: number
  high?: number
  better: 'high' | 'low'
}

/** One thing to draw or list. `kind` tells how; the data is complete, never sampled. */
export type Exhibit =
  | {kind: 'confusion'; classes: string[]; counts: number[][]}
  | {kind: 'curve'; name: 'roc' | 'pr' | 'calibration' | 'lift'; series: Series[]}
  | {kind: 'residuals'; predicted: number[]; residual: number[]}
  | {kind: 'table'; name: string; columns: string[]; rows: (string | number | null)[][]}
export type Series = {label: string; x: number[]; y: number[]; area?: number}

export type Report = {
  /** `evaluation`, `rehearsal`, `drift`. */
  about: 'evaluation' | 'rehearsal' | 'drift'
  title: string
  metrics: Metric[]
  exhibits: Exhibit[]
  /** True where something asks for attention: drift found, golden answers that differ. */
  alarm?: boolean
  warnings: string[]
}

export const metricSchema = z.object({
  name: z.string(),
  value: figure,
  low: figure.optional(),
  high: figure.optional(),
  better: z.enum(['high', 'low']),
}) satisfies z.ZodType<Metric>

const exhibit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('confusion'),
    classes: z.array(z.string()),
    counts: z.array(z.array(figure)),
  }),
  z.object({
    kind: z.literal('curve'),
    name: z.enum(['roc', 'pr', 'calibration', 'lift']),
    series: z.array(
      z.object({
        label: z.string(),
        x: z.array(figure),
        y: z.array(figure),
        area: figure.optional(),
      }),
    ),
  }),
  z.object({
    kind: z.literal('residuals'),
    predicted: z.array(figure),
    residual: z.array(figure),
  }),
  z.object({
    kind: z.literal('table'),
    name: z.string(),
    columns: z.array(z.string()),
    // Text stays text here: a cell that says NaN may be a class of that name.
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  }),
]) satisfies z.ZodType<Exhibit>

/** A report as it is read back from a JSON file. */
export const reportSchema = z.object({
  about: z.enum(['evaluation', 'rehearsal', 'drift']),
  title: z.string(),
  metrics: z.array(metricSchema),
  exhibits: z.array(exhibit),
  alarm: z.boolean().optional(),
  warnings: z.array(z.string()),
}) satisfies z.ZodType<Report>
