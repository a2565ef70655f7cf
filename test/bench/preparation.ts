// Preparing three million flights: impute, clip, one-hot, scale, aggregate, split, and the training matrix.
// Beside the same in one DuckDB session that keeps nothing, and beside pandas and polars where a Python with
// them is named by BANCADA_PYTHON.
//   node test/bench/run.mjs preparation
import {spawnSync} from 'node:child_process'
import {cpSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {DuckDBInstance} from '@duckdb/node-api'
import {readMatrix} from '../../core/data/matrix.ts'
import {Session} from '../../core/data/session.ts'
import {relationOf} from '../../core/data/sql.ts'
import {runNotebook} from '../../core/notebook/run.ts'
import {packageRoot} from '../../core/package-root.ts'
import {createProject} from '../../core/project.ts'
import type {Table} from '../../core/schema/table.ts'

const flights = join(packageRoot(), 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet')

const document = `
\`\`\`yaml cell=flights kind=source
file: data/flights.parquet
\`\`\`

\`\`\`sql cell=rows
select case when delay < -30 then null else delay end::double as delay, distance::double as distance,
  dayname(date) as day, origin
from flights
\`\`\`

\`\`\`sql cell=by_origin
select origin, avg(delay) as mean_delay, count(*) as flights from rows group by origin
\`\`\`

\`\`\`yaml cell=parts kind=split from=rows
test: 0.2
\`\`\`

\`\`\`yaml cell=filled kind=impute from=parts
columns: [delay]
with: median
\`\`\`

\`\`\`yaml cell=clipped kind=clip from=filled
columns: [delay, distance]
\`\`\`

\`\`\`yaml cell=scaled kind=scale from=clipped
columns: [delay, distance]
\`\`\`

\`\`\`yaml cell=encoded kind=one-hot from=scaled
columns: [day]
\`\`\`
`

const python = (library: 'pandas' | 'polars') => `
import json, resource, sys, time
import numpy as np
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
${
  library === 'pandas'
    ? `import pandas as pd
t, used = time.perf_counter(), cpu()
d = pd.read_parquet(sys.argv[1])
d['delay'] = d.delay.where(d.delay >= -30).astype('float64')
d['distance'] = d.distance.astype('float64')
d['day'] = d.date.dt.day_name()
by = d.groupby('origin').agg(mean_delay=('delay', 'mean'), flights=('delay', 'size'))
d = d[['delay', 'distance', 'day']].sample(frac=1, random_state=1)
n = int(len(d) * 0.8)
train, test = d.iloc[:n].copy(), d.iloc[n:].copy()
median = train.delay.median()
for p in (train, test): p['delay'] = p.delay.fillna(median)
for c in ('delay', 'distance'):
    a, b = train[c].quantile([0.25, 0.75]); low, high = a - 1.5 * (b - a), b + 1.5 * (b - a)
    for p in (train, test): p[c] = p[c].clip(low, high)
    m, s = train[c].mean(), train[c].std(ddof=0)
    for p in (train, test): p[c] = (p[c] - m) / s
out = [pd.get_dummies(p, columns=['day'], dtype='float32').to_numpy(dtype='float32') for p in (train, test)]`
    : `import polars as pl
t, used = time.perf_counter(), cpu()
d = (pl.scan_parquet(sys.argv[1]).select(
    pl.when(pl.col('delay') >= -30).then(pl.col('delay')).cast(pl.Float64).alias('delay'),
    pl.col('distance').cast(pl.Float64), pl.col('date').dt.strftime('%A').alias('day'), 'origin').collect())
by = d.group_by('origin').agg(pl.col('delay').mean(), pl.len())
d = d.drop('origin').sample(fraction=1, shuffle=True, seed=1)
n = int(len(d) * 0.8)
train, test = d[:n], d[n:]
median = train['delay'].median()
train, test = [p.with_columns(pl.col('delay').fill_null(median)) for p in (train, test)]
for c in ('delay', 'distance'):
    a, b = train[c].quantile(0.25, 'linear'), train[c].quantile(0.75, 'linear'); low, high = a - 1.5 * (b - a), b + 1.5 * (b - a)
    train, test = [p.with_columns(pl.col(c).clip(low, high)) for p in (train, test)]
    m, s = train[c].mean(), train[c].std(ddof=0)
    train, test = [p.with_columns((pl.col(c) - m) / s) for p in (train, test)]
out = [p.to_dummies('day').cast(pl.Float32).to_numpy() for p in (train, test)]`
}
print(json.dumps({'seconds': time.perf_counter() - t, 'cpu': cpu() - used, 'rows': int(out[0].shape[0]), 'columns': int(out[0].shape[1])}))
`

async function bancada() {
  const folder = mkdtempSync(join(tmpdir(), 'bancada-bench-'))
  try {
    const project = await createProject(join(folder, 'p'))
    cpSync(flights, join(project.folder, 'data', 'flights.parquet'))
    writeFileSync(join(project.folder, 'notebooks', 'bench.md'), document)
    const began = performance.now()
    const used = process.cpuUsage()
    const {cells} = await runNotebook(project, 'notebooks/bench.md')
    const encoded = cells.get('encoded')!
    if (encoded.state !== 'done' || encoded.result.value.type !== 'split')
      throw new Error(JSON.stringify(encoded))
    const prepared = (performance.now() - began) / 1000
    const session = await Session.open({folder: project.folder})
    const {parts} = encoded.result.value
    const features = parts.train.columns.map(c => c.name).filter(name => name !== 'origin')
    const read = async (table: Table) => {
      await session.mount(table.objects)
      return readMatrix(session, relationOf(table), {features, task: 'clustering'})
    }
    const [train] = await Promise.all([read(parts.train), read(parts.test!)])
    session.close()
    const {user, system} = process.cpuUsage(used)
    const times = [...cells.values()].map(c => [c.cell, c.state === 'done' ? c.result.ms : c.state])
    return {
      seconds: (performance.now() - began) / 1000,
      cpu: (user + system) / 1e6,
      prepared,
      rows: train.matrix.rows,
      columns: features.length,
      ms: Object.fromEntries(times),
    }
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

/**
 * What the engine alone takes: tables in memory, the day as a number, no results kept, no values copied out of
 * the last query's chunks.
 */
async function engine() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const one = async (query: string) =>
    (await connection.runAndReadAll(query)).getRows()[0]!.map(Number)
  try {
    const began = performance.now()
    const used = process.cpuUsage()
    await connection.run('set preserve_insertion_order=false')
    await connection.run(`create temp table rows as
      select case when delay < -30 then null else delay end::float as delay, distance::float as distance,
        dayofweek(date)::utinyint as day, origin, random() < 0.8 as train from '${flights}'`)
    await one(
      'select count(*) from (select origin, avg(delay), count(*) from rows group by origin)',
    )
    const [median] = await one('select median(delay) from rows where train')
    const filled = `coalesce(delay, ${median})`
    const clip = async (value: string) => {
      const [a, b] = await one(
        `select q[1], q[2] from (select quantile_cont(${value}, [0.25, 0.75]) as q from rows where train)`,
      )
      return `greatest(least(${value}, ${b! + 1.5 * (b! - a!)}), ${a! - 1.5 * (b! - a!)})`
    }
    const columns = await Promise.all([clip(filled), clip('distance')])
    const scaled = columns.map(async value => {
      const [m, s] = await one(
        `select avg(v), stddev_pop(v) from (select ${value} as v from rows where train)`,
      )
      return `((${value} - ${m}) / ${s})::float`
    })
    const days = [0, 1, 2, 3, 4, 5, 6].map(day => `(day = ${day})::float`)
    const cells = [...(await Promise.all(scaled)), ...days, 'train']
    const result = await connection.stream(`select ${cells} from rows`)
    let rows = 0
    for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk())
      rows += chunk.rowCount
    const {user, system} = process.cpuUsage(used)
    return {seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, rows}
  } finally {
    connection.closeSync()
  }
}

function peer(library: 'pandas' | 'polars') {
  const program = process.env.BANCADA_PYTHON
  if (!program) return 'name a Python with pandas, pyarrow and polars in BANCADA_PYTHON'
  const {stdout, stderr, status} = spawnSync(program, ['-c', python(library), flights], {
    encoding: 'utf8',
  })
  return status === 0 ? JSON.parse(stdout) : stderr.slice(-400)
}

// In turn, so that a busy moment hits all of them alike.
const rounds = []
for (let round = 0; round < 3; round++)
  rounds.push({
    bancada: await bancada(),
    engine: await engine(),
    pandas: peer('pandas'),
    polars: peer('polars'),
  })
console.log(
  JSON.stringify(
    {machine: cpus()[0]?.model, cores: cpus().length, load: loadavg(), rounds},
    undefined,
    1,
  ),
)
