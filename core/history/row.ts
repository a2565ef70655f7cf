// A run as the list shows it, and as a row of the index.
import {raw, sql} from '../data/sql.ts'
import {json} from '../schema/figure.ts'
import type {RunRow} from '../schema/history.ts'
import type {Run} from '../schema/run.ts'

export function toRow(run: Run): RunRow {
  const {id, document, cell, kind, task, target, features, seed, engine, data, code} = run
  const {created, status, notes, tags, star, archived, metrics} = run
  const ended = 'ended' in status ? status.ended : undefined
  return {
    ...{id, document, cell, kind, task, target, features, seed, engine, data, code},
    bancada: run.environment.bancada,
    state: status.state,
    created,
    ended,
    seconds: ended ? (Date.parse(ended) - Date.parse(created)) / 1000 : undefined,
    error: status.state === 'failed' ? status.fault.message : undefined,
    warnings: run.warnings.length,
    ...{notes, tags, star, archived},
    params: flat(run.params),
    metrics,
  }
}

/** Parameters by path; a list stands as its JSON. */
export function flat(params: Record<string, unknown>, path = ''): RunRow['params'] {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]): [string, RunRow['params'][string]][] => {
      if (value === null || value === undefined) return [[path + name, null]]
      if (Array.isArray(value)) return [[path + name, json(value)]]
      if (typeof value === 'object')
        return Object.entries(flat(value as Record<string, unknown>, `${path}${name}.`))
      return [
        [
          path + name,
          typeof value === 'bigint' ? String(value) : (value as string | number | boolean),
        ],
      ]
    }),
  )
}

/** The index's table. `shown` is the whole row as JSON; `process` and `stamp` tell when it is out of date. */
export const columns = {
  id: 'VARCHAR',
  document: 'VARCHAR',
  cell: 'VARCHAR',
  kind: 'VARCHAR',
  task: 'VARCHAR',
  target: 'VARCHAR',
  features: 'INTEGER',
  seed: 'DOUBLE',
  engine: 'VARCHAR',
  data: 'VARCHAR',
  code: 'VARCHAR',
  bancada: 'VARCHAR',
  state: 'VARCHAR',
  created: 'TIMESTAMP',
  ended: 'TIMESTAMP',
  seconds: 'DOUBLE',
  error: 'VARCHAR',
  warnings: 'INTEGER',
  notes: 'VARCHAR',
  tags: 'VARCHAR[]',
  star: 'BOOLEAN',
  archived: 'BOOLEAN',
  params: 'MAP(VARCHAR, VARCHAR)',
  metrics: 'MAP(VARCHAR, DOUBLE)',
  shown: 'VARCHAR',
  process: 'VARCHAR',
  stamp: 'VARCHAR',
} as const

/** The columns that filters, sorting and users' own queries may name. */
export const fields = Object.fromEntries(
  Object.entries(columns).filter(([name]) => !['shown', 'process', 'stamp'].includes(name)),
) as Omit<typeof columns, 'shown' | 'process' | 'stamp'>

/** One line of what the index reads in. */
export const indexLine = (run: Run, stamp: string): string => {
  const shown = toRow(run)
  const params = Object.entries(shown.params).filter(([, value]) => value !== null)
  return json({
    ...shown,
    params: Object.fromEntries(params.map(([name, value]) => [name, String(value)])),
    shown: json(shown),
    process: run.status.state === 'running' ? json(run.status.process) : undefined,
    stamp,
  })
}

/** A row back from its JSON. Written by this program and versioned with it, so it needs no check. */
export function fromIndex(shown: string): RunRow {
  const row = JSON.parse(shown)
  for (const [name, value] of Object.entries(row.metrics)) row.metrics[name] = Number(value)
  return row
}

/** What users' own queries see. */
export const views = [
  sql`create view runs as select ${raw(
    Object.keys(fields)
      .filter(name => name !== 'params' && name !== 'metrics')
      .join(', '),
  )} from stored`,
  sql`create view params as
    select id as run, p.key as name, p.value as value, try_cast(p.value as double) as number
    from (select id, unnest(map_entries(params)) as p from stored)`,
  sql`create view metrics as
    select id as run, m.key as name, m.value as value
    from (select id, unnest(map_entries(metrics)) as m from stored)`,
]
