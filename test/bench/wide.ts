// Reading CSV files of 100, 1,000 and 10,000 columns, with one row and with a thousand.
//   node test/bench/run.mjs wide
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {readSource, sourceParams} from '../../core/data/read/index.ts'
import {Session} from '../../core/data/session.ts'

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
    const before = process.cpuUsage()
    const began = performance.now()
    const read = await readSource(
      {session, projectFolder: folder, params, outFolder},
      {signal: new AbortController().signal, tell: () => {}},
    )
    const seconds = (performance.now() - began) / 1000
    const {user, system} = process.cpuUsage(before)
    if (read.rows !== rows || read.columns.length !== columns) throw new Error('not read right')
    return {columns, rows, seconds, processor: (user + system) / 1e6}
  } finally {
    session.close()
    rmSync(folder, {recursive: true, force: true})
  }
}

const measured = []
for (const columns of [100, 1000, 10_000])
  for (const rows of [1, 1000]) measured.push(await measure(columns, rows))
console.log(
  JSON.stringify(
    {machine: cpus()[0]?.model, cores: cpus().length, load: loadavg(), measured},
    undefined,
    1,
  ),
)
