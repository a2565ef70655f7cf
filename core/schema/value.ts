// What a cell gives: one of a few typed values. The canvas's ports are these types.
import type {TaskKind} from './model.ts'
import type {Report} from './report.ts'
import type {Column, Table} from './table.ts'

/** A step as it was applied, with what it learned: enough to apply it again to one new row. */
export type Applied = {
  kind: string
  version: number
  /** Parameters with every default filled in and columns resolved. */
  params: Record<string, unknown>
  learned?: Record<string, unknown>
}

/**
 * How rows came to look as they do, since they were last raw: what serving must repeat.
 * A source, a query and a step over several tables begin a new recipe.
 */
export type Recipe = {
  raw: Column[]
  /** The raw rows that training saw: what drift is measured against. */
  rows: Table
  steps: Applied[]
}

export type TableValue = {type: 'table'; table: Table; recipe: Recipe; rejects?: Rejects}

/** Rows that could not be read, kept aside. `table` has line, column, reason and the text. */
export type Rejects = {count: number; table?: Table}

/**
 * A table in parts. Each part is a table of its own, so what a step learns from `train` cannot have seen
 * the others. `folds` are there for cross-validation: in each, the steps learn again.
 */
export type SplitValue = {
  type: 'split'
  parts: {train: Table; validation?: Table; test?: Table}
  folds: {train: Table; validation: Table}[]
  recipe: Recipe
}

export type ModelValue = {
  type: 'model'
  kind: string
  task: TaskKind
  target?: string
  features: string[]
  /** Class labels in the order of the probabilities. */
  classes?: string[]
  /** The run that trained it. */
  run: string
  /** `model.onnx`, features → outputs, as a path relative to the store's `objects/`. */
  onnx: string
  /** One `model.onnx` for each fold. */
  foldOnnx: string[]
  /** The prepared rows that it was trained and is evaluated on. */
  data: SplitValue
}

export type ReportValue = {type: 'report'; report: Report; model?: ModelValue}

export type VersionValue = {
  type: 'version'
  name: string
  version: number
  stage: Stage
  model: ModelValue
  report?: Report
}
export const stages = ['none', 'staging', 'production', 'archived'] as const
export type Stage = (typeof stages)[number]

export type BundleValue = {
  type: 'bundle'
  /** The folder, relative to the store's `objects/`. */
  folder: string
  name: string
  version: number
  /** `real`: how many of the rows are training rows as they came, which whoever gets the bundle can read. */
  golden: {rows: number; real: number; mismatches: number}
}

export type Value = TableValue | SplitValue | ModelValue | ReportValue | VersionValue | BundleValue
export type Port = Value['type']
export const ports = [
  'table',
  'split',
  'model',
  'report',
  'version',
  'bundle',
] as const satisfies Port[]
