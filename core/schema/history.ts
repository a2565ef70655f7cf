// Runs as lists and comparisons show them.
import type {Fault} from '../error.ts'
import type {Run, RunState} from './run.ts'

/** A run in a list. */
export type RunRow = {
  id: string
  document: string
  cell: string
  kind: string
  task: string
  target?: string
  features: number
  seed: number
  engine?: string
  data: string
  code: string
  bancada: string
  state: RunState
  created: string
  ended?: string
  /** From begin to end; absent while it runs and when it crashed. */
  seconds?: number
  /** What went wrong, for a failed run. */
  error?: string
  warnings: number
  notes: string
  tags: string[]
  star: boolean
  archived: boolean
  /** Nested parameters by path: `schedule.kind`. */
  params: Record<string, string | number | boolean | null>
  metrics: Record<string, number>
}

/** The names of parameters and metrics that the runs have. */
export type RunNames = {params: string[]; metrics: string[]}

/** A run that cannot be shown, and why. */
export type RunProblem = {run: string; fault: Fault}

export type RunList = {
  rows: RunRow[]
  /** How many there are without `limit` and `offset`. */
  total: number
  /** Every parameter and metric that a filter may name. */
  names: RunNames
  problems: RunProblem[]
}

export type Compared = {
  name: string
  values: (string | number | boolean | null)[]
  differs: boolean
}

export type Comparison = {
  runs: Run[]
  /** Model kind, data and code hashes, seed, engine, environment. */
  facts: Compared[]
  params: Compared[]
  metrics: Compared[]
  /** Every point of every curve; `y` in the order of the runs. */
  curves: {name: string; series: {run: string; epochs: number[]; values: number[]}[]}[]
}
