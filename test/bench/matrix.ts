// Table to training arrays: rows a second for five float columns of a stored Parquet table.
// node test/bench/run.mjs matrix
import {mkdtemp, rm} from 'node:fs/promises'
import {loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {readMatrix} from '../../core/data/matrix.ts'
import {Session} from '../../core/data/session.ts'
import {raw, sql} from '../../core/data/sql.ts'

const folder = await mkdtemp(join(tmpdir(), 'bancada-bench-'))
const db = await Session.open({folder})
const rows = 5_000_000
const file = join(folder, 'five.parquet')
await db.write(
  raw(
    `select ${['a', 'b', 'c', 'd', 'e'].map(c => `random()::float as ${c}`)} from range(${rows})`,
  ),
  file,
)
const table = await db.relation(sql`select * from read_parquet(${file})`)
const rates: number[] = []
const used: number[] = []
for (let i = 0; i < 5; i++) {
  const [start, before] = [performance.now(), process.cpuUsage()]
  const {matrix} = await readMatrix(db, table, {
    features: ['a', 'b', 'c', 'd', 'e'],
    task: 'clustering',
  })
  rates.push(matrix.rows / ((performance.now() - start) / 1000))
  const {user, system} = process.cpuUsage(before)
  used.push((user + system) / 1000)
}
db.close()
await rm(folder, {recursive: true})
rates.sort((a, b) => a - b)
used.sort((a, b) => a - b)
console.log(
  JSON.stringify({
    bench: 'matrix',
    rows,
    columns: 5,
    rowsPerSecond: {
      median: Math.round(rates[2]!),
      least: Math.round(rates[0]!),
      most: Math.round(rates[4]!),
    },
    cpuMs: {median: Math.round(used[2]!), least: Math.round(used[0]!)},
    load: loadavg()[0],
  }),
)
