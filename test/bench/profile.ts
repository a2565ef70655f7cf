// Looking at tables: three million flights, and 20,000 rows of 200 columns, half of them text.
// Beside ydata-profiling in its minimal mode, which leaves correlations out, where BANCADA_PYTHON names a
// Python that has it, and beside plain `pandas.describe`.
//   node test/bench/run.mjs profile
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {cpus, loadavg, tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {profileFile} from '../../core/data/profile/file.ts'
import {Session} from '../../core/data/session.ts'
import {id, join as joined, sql} from '../../core/data/sql.ts'
import {packageRoot} from '../../core/package-root.ts'

const flights = join(packageRoot(), 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet')

async function writeWide(folder: string): Promise<string> {
  const file = join(folder, 'wide.parquet')
  const columns = Array.from({length: 200}, (_, i) => {
    const chance = sql`hash(hash(r, ${i}))`
    return i % 2
      ? sql`'v' || ${chance} % 40 as ${id(`text${i}`)}`
      : sql`${chance} % 1000003 / 1000 as ${id(`number${i}`)}`
  })
  const session = await Session.open({folder})
  await session.write(sql`select ${joined(columns)} from range(20000) rows(r)`, file)
  session.close()
  return file
}

async function bancada(file: string, target?: string) {
  const [began, before] = [performance.now(), process.cpuUsage()]
  const found = await profileFile(
    {folder: dirname(file), file: basename(file), target},
    {signal: new AbortController().signal, tell: () => {}},
  )
  const {user, system} = process.cpuUsage(before)
  return {
    seconds: (performance.now() - began) / 1000,
    processor: (user + system) / 1e6,
    columns: found.columns.length,
    correlations: found.correlations.length,
    warnings: found.warnings.length,
    limits: found.limits,
  }
}

const python = (what: 'ydata' | 'pandas') => `
import json, sys, time, warnings
warnings.filterwarnings('ignore')
import pandas as pd
${what === 'ydata' ? 'import ydata_profiling; from ydata_profiling import ProfileReport' : ''}
t, c = time.perf_counter(), time.process_time()
d = pd.read_parquet(sys.argv[1])
${
  what === 'ydata'
    ? "r = ProfileReport(d, minimal=True, progress_bar=False).get_description(); n = len(r.variables); v = 'ydata-profiling ' + ydata_profiling.__version__"
    : "n = d.describe(include='all').shape[1]; v = 'pandas ' + pd.__version__"
}
print('\\n' + json.dumps({'seconds': time.perf_counter() - t, 'processor': time.process_time() - c, 'columns': n, 'version': v}))
`

function peer(what: 'ydata' | 'pandas', file: string) {
  const program = process.env.BANCADA_PYTHON
  if (!program) return 'name a Python with ydata-profiling and pyarrow in BANCADA_PYTHON'
  const {stdout, stderr, status} = spawnSync(program, ['-c', python(what), file], {
    encoding: 'utf8',
  })
  return status === 0 ? JSON.parse(stdout.trimEnd().split('\n').at(-1)!) : stderr.slice(-400)
}

const folder = mkdtempSync(join(tmpdir(), 'bancada-bench-'))
try {
  const wide = await writeWide(folder)
  // In turn, so that a busy moment hits all of them alike.
  const rounds = []
  for (let round = 0; round < 3; round++)
    rounds.push({
      flights: {
        bancada: await bancada(flights),
        withTarget: await bancada(flights, 'delay'),
        ydata: peer('ydata', flights),
        pandas: peer('pandas', flights),
      },
      wide: {
        bancada: await bancada(wide),
        withTarget: await bancada(wide, 'text1'),
        ydata: peer('ydata', wide),
        pandas: peer('pandas', wide),
      },
      load: loadavg()[0],
    })
  console.log(
    JSON.stringify({machine: cpus()[0]?.model, cores: cpus().length, rounds}, undefined, 1),
  )
} finally {
  rmSync(folder, {recursive: true, force: true})
}
