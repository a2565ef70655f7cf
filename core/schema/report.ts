// What an evaluation, a rehearsal or a drift check found, as plain data for screens, cards and the command line.

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
