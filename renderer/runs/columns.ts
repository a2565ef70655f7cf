// What the list of runs can show: the fields of a run, its parameters and its metrics.
import type {RunNames, RunRow} from '../../core/schema/history.ts'

/** Fields of every run, in the order in which they are shown. */
export const runFields = [
  'created',
  'state',
  'document',
  'cell',
  'kind',
  'task',
  'target',
  'features',
  'seed',
  'engine',
  'seconds',
  'warnings',
  'tags',
  'notes',
  'error',
  'data',
  'id',
] as const
export type RunField = (typeof runFields)[number]

export const isRunField = (name: string): name is RunField =>
  (runFields as readonly string[]).includes(name)

const firstSeen: RunField[] = ['created', 'state', 'cell', 'kind', 'seconds', 'tags']
/** How many metrics are shown to who has chosen nothing yet. */
const firstMetrics = 3

/** Every column that may be chosen. */
export const allColumns = ({params, metrics}: RunNames): string[] => [
  ...runFields,
  ...metrics.map(name => `metrics.${name}`),
  ...params.map(name => `params.${name}`),
]

/** What is shown: what was remembered and still is there, or a first choice. */
export function shownColumns(remembered: unknown, names: RunNames): string[] {
  if (Array.isArray(remembered)) {
    const known = new Set(allColumns(names))
    return remembered.filter(name => typeof name === 'string' && known.has(name))
  }
  // Figures of an evaluation say more than the loss, and stand beside the training's own.
  const metrics = names.metrics.filter(name => !/loss|epoch|iterations|weights/i.test(name))
  return [...firstSeen, ...metrics.slice(0, firstMetrics).map(name => `metrics.${name}`)]
}

export type CellValue = string | number | boolean | null | undefined

/** A run's value of a column. A missing metric is `undefined`; NaN stays NaN. */
export function cellOf(row: RunRow, column: string): CellValue {
  if (column.startsWith('metrics.')) return row.metrics[column.slice('metrics.'.length)]
  if (column.startsWith('params.')) return row.params[column.slice('params.'.length)]
  if (column === 'tags') return row.tags.join(', ')
  return row[column as Exclude<RunField, 'tags'>]
}

const widths: Partial<Record<string, number>> = {
  created: 215,
  state: 110,
  document: 200,
  cell: 130,
  notes: 220,
  error: 220,
  tags: 140,
  id: 250,
  engine: 150,
}
/** Pixels. */
export const widthOf = (column: string) =>
  widths[column] ?? Math.min(220, Math.max(96, column.replace(/^\w+\./, '').length * 8 + 40))
