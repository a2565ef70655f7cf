// Training on rows that are streamed from disk, beside the same rows in memory: rows a second, and the most memory.
//   node test/bench/run.mjs stream [ROWS] [BLOCK in MiB]
// Each training is a process of its own, in turn, so that a busy moment hits both alike. Fails where streamed rows take more memory than their blocks allow.
import {spawnSync} from 'node:child_process'
import {mkdir, mkdtemp, rm} from 'node:fs/promises'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Session} from '../../core/data/session.ts'
import {raw} from '../../core/data/sql.ts'
import {models} from '../../core/models/index.ts'
import type {TrainJob} from '../../core/train/job.ts'
import {work} from '../../core/train/work.ts'

const features = Array.from({length: 100}, (_, j) => `x${j}`)
const epochs = 3
/** What DuckDB may use in the training's process. */
const duckdb = 512

type Measured = {
  /** From the first row read to the last one written, or held. */
  reading: {seconds: number; cpuSeconds: number}
  /** Of all epochs after the first. */
  rowsPerSecond: number
  rowsPerCpuSecond: number
  loss: number
  peakMiB: number
  engine: string
}

const cpuSeconds = () => {
  const {user, system} = process.cpuUsage()
  return (user + system) / 1e6
}

async function train(job: TrainJob): Promise<Measured> {
  const now = () => ({at: performance.now() / 1000, cpu: cpuSeconds()})
  const began = now()
  let read: ReturnType<typeof now> | undefined
  const ends: ReturnType<typeof now>[] = []
  const {fit} = await work(job, models, {
    signal: new AbortController().signal,
    tell: ({message = ''}) => {
      if (!read && message === 'compiling') read = now()
    },
    log: () => ends.push(now()),
  })
  const [first, last] = [ends[0]!, ends.at(-1)!]
  const rows = fit.rows.train * (ends.length - 1)
  return {
    reading: {seconds: read!.at - began.at, cpuSeconds: read!.cpu - began.cpu},
    rowsPerSecond: Math.round(rows / (last.at - first.at)),
    rowsPerCpuSecond: Math.round(rows / (last.cpu - first.cpu)),
    loss: fit.summary.loss!,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    engine: fit.engine,
  }
}

function inProcess(job: TrainJob): Measured {
  const {stdout, stderr, status} = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), 'job', JSON.stringify(job)],
    {encoding: 'utf8'},
  )
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

async function main(rows: number, block: number) {
  const folder = await mkdtemp(join(tmpdir(), 'bancada-bench-'))
  try {
    await mkdir(join(folder, '.bancada', 'objects'), {recursive: true})
    const session = await Session.open({folder})
    const drawn = features.map(name => `(random() - 0.5)::float as ${name}`)
    await session.write(
      raw(`select *, if(x0 + x1 * x2 > 0, 1, 0) as y from (select ${drawn} from range(${rows}))`),
      join(folder, '.bancada', 'objects', 'rows.parquet'),
    )
    session.close()
    const job: TrainJob = {
      model: {
        kind: 'mlp',
        params: {hidden: [128, 64], batchSize: 1024, epochs, patience: 0, engine: 'cpu'},
      },
      task: 'classification',
      target: 'y',
      features,
      seed: 1,
      session: {folder, memory: `${duckdb}MiB`},
      objects: ['rows.parquet'],
      tables: {train: 'from objects."rows.parquet"'},
      folds: [],
      outFolder: join(folder, 'out'),
    }
    const bytes = rows * 4 * (features.length + 1)
    const some = {train: `${job.tables.train} limit 100000`}
    const few = inProcess({...job, tables: some, budget: {rows: bytes}})
    const held: Measured[] = []
    const streamed: Measured[] = []
    for (let round = 0; round < 3; round++) {
      held.push(inProcess({...job, budget: {rows: bytes}}))
      streamed.push(inProcess({...job, budget: {rows: 0, block: block * 2 ** 20}}))
    }
    const peak = Math.max(...streamed.map(({peakMiB}) => peakMiB))
    // Two blocks to train on and the one that was written from, beside what a training takes without any.
    const allowed = few.peakMiB + 3 * block + duckdb
    console.log(
      JSON.stringify(
        {
          bench: 'stream',
          rows,
          features: features.length,
          MiB: Math.round(bytes / 2 ** 20),
          blockMiB: block,
          few: {peakMiB: few.peakMiB},
          held,
          streamed,
          allowedMiB: allowed,
          cpu: cpus()[0]?.model,
          cores: cpus().length,
          load: loadavg()[0],
        },
        undefined,
        2,
      ),
    )
    if (peak > allowed) throw new Error(`streamed rows took ${peak} MiB, more than ${allowed}`)
  } finally {
    await rm(folder, {recursive: true})
  }
}

const [first, second] = process.argv.slice(2)
if (first === 'job') console.log(JSON.stringify(await train(JSON.parse(second!))))
else await main(Number(first ?? 4_000_000), Number(second ?? 256))
