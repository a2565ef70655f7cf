// Reading CSV files of 100, 1,000 and 10,000 columns, with one row and with a thousand, and filling what is
// missing in all their columns.
//   node test/bench/run.mjs wide [COLUMNS ROWS]
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {readSource, sourceParams} from '../../core/data/read/index.ts'
import {Session} from '../../core/data/session.ts'
import {relation} from '../../core/data/sql.ts'
import {applyStep, resolveParams} from '../../core/notebook/apply.ts'
import {steps} from '../../core/steps/index.ts'

/** Nine of ten columns hold numbers, some of them missing; the tenth holds words. */
function content(columns: number, rows: number): string {
  const cell = (row: number, column: number) => {
    const x = (row * 7919 + column * 104_729) % 10_007
    if (column % 10 === 9) return ['red', 'green', 'blue'][x % 3]
    return x % 20 === 0 ? '' : column % 10 === 0 ? x % 100 : (x / 10_007).toFixed(4)
  }
  const line = (of: (column: number) => unknown) => Array.from({length: columns}, (_, i) => of(i))
  const head = line(i => `column number ${i}`)
  return `${[head, ...Array.from({length: rows}, (_, r) => line(i => cell(r, i)))].join('\n')}\n`
}

async function measure(columns: number, rows: number) {
  const folder = mkdtempSync(join(tmpdir(), 'bancada-bench-'))
  const session = await Session.open({folder})
  try {
    writeFileSync(join(folder, 'wide.csv'), content(columns, rows))
    const outFolder = join(folder, '.bancada', 'tmp', 'out')
    mkdirSync(outFolder, {recursive: true})
    const params = sourceParams.parse({file: 'wide.csv'})
    const [read, reading] = await timed(() =>
      readSource(
        {session, projectFolder: folder, params, outFolder},
        {signal: new AbortController().signal, tell: () => {}},
      ),
    )
    if (read.rows !== rows || read.columns.length !== columns) throw new Error('not read right')
    const [filled, filling] = await timed(async () => {
      const table = relation(read.query, read.columns)
      const given = resolveParams(steps.impute!, {with: 'median'}, table.columns, {
        protect: [],
        where: 'filled',
      })
      const {main} = await applyStep(session, steps.impute!, given, {main: table})
      return session.write(main.query, join(outFolder, 'filled.parquet'))
    })
    if (filled !== rows) throw new Error('not filled right')
    return {columns, rows, reading, filling}
  } finally {
    session.close()
    rmSync(folder, {recursive: true, force: true})
  }
}

/** What `work` gives, and the seconds that it took: by the clock, and of processor time. */
async function timed<T>(work: () => Promise<T>) {
  const before = process.cpuUsage()
  const began = performance.now()
  const made = await work()
  const seconds = (performance.now() - began) / 1000
  const {user, system} = process.cpuUsage(before)
  return [made, {seconds, processor: (user + system) / 1e6}] as const
}

const measured = []
const asked = process.argv.slice(2).map(Number)
const sizes = [100, 1000, 10_000].flatMap(columns => [1, 1000].map(rows => [columns, rows]))
for (const [columns, rows] of asked.length > 0 ? [asked] : sizes)
  measured.push(await measure(columns!, rows!))
console.log(
  JSON.stringify(
    {machine: cpus()[0]?.model, cores: cpus().length, load: loadavg(), measured},
    undefined,
    1,
  ),
)
