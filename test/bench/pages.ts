// Pages of a large table over the host's real WebSocket: as Arrow, and as the JSON rows they replace.
// node test/bench/run.mjs pages [ROWS]
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {mkdir, writeFile} from 'node:fs/promises'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {WebSocket} from 'ws'
import {type Client, connect} from '../../core/connect.ts'
import {openHost} from '../../core/host.ts'
import {runNotebook} from '../../core/notebook/run.ts'
import {createProject, openProject} from '../../core/project.ts'
import {type ProjectHandlers, serve} from '../../core/rpc.ts'
import {openServer, wireOf} from '../../core/server.ts'
import {rowsOfPage} from '../../core/wire/page.ts'

const rows = Number(process.argv[2] ?? 100_000_000)
const document = 'notebooks/big.md'

// Kept between runs: making it takes minutes.
const folder = join(tmpdir(), `bancada-bench-pages-${rows}`)
await make()
const handlers = await openHost(folder)
const arrow = await client(handlers)
const json = await client(asJson(handlers))

const middle = Math.floor(rows / 2)
const page = {document, table: 'big', limit: 1000}
const paid = {...page, table: 'parts.train'}
const north = [{column: 'region', is: '=' as const, value: 'north'}]
const dear = [{by: 'amount', order: 'desc' as const}]
type Asked = Parameters<Client['call']>[1]
const cases: [string, Asked][] = [
  ['first page', page],
  ['jump to the middle', {...page, offset: middle}],
  ['through a step: jump to the middle', {...page, table: 'stepped', offset: middle}],
  ['ten thousand rows from the middle', {...page, offset: middle, limit: 10_000}],
  ['filter: first page', {...page, filter: north}],
  ['filter: jump to its middle', {...page, filter: north, offset: Math.floor(middle / 5)}],
  ['part of a split: jump to its middle', {...paid, offset: Math.floor(middle * 0.8)}],
  ['sort: first page', {...page, sort: dear, limit: 100}],
  ['sort: jump to its middle', {...page, sort: dear, limit: 100, offset: middle}],
]
const only = process.argv[3]
const figures = []
for (const [what, input] of cases) {
  if (only && !what.includes(only)) continue
  const first = await time(arrow, input)
  const times = {arrow: [] as Time[], json: [] as Time[]}
  for (let i = 0; i < 5; i++) {
    // Another page each time, so that nothing is answered from memory.
    const moved = {...input, offset: ((input as {offset?: number}).offset ?? 0) + 1000 * (i + 1)}
    times.arrow.push(await time(arrow, moved))
    times.json.push(await time(json, moved))
  }
  figures.push({what, first, arrow: summary(times.arrow), json: summary(times.json)})
  console.error(JSON.stringify(figures.at(-1)))
}
console.log(
  JSON.stringify({
    bench: 'pages',
    rows,
    cpu: cpus()[0]!.model,
    cores: cpus().length,
    load: loadavg()[0],
    figures,
  }),
)
process.exit(0)

async function make() {
  if (existsSync(join(folder, 'ready'))) return
  const project = await createProject(folder)
  await mkdir(join(folder, 'notebooks'), {recursive: true})
  await writeFile(
    join(folder, document),
    `\`\`\`sql cell=big
select range as id, (hash(range) % 1000000)::double / 1000 as amount, (hash(range, 1) % 100)::integer as quantity,
  'customer ' || (hash(range, 2) % 1000000) as customer,
  ['north', 'south', 'east', 'west', 'centre'][(hash(range, 3) % 5)::integer + 1] as region,
  timestamp '2020-01-01' + to_seconds((range % 150000000)::bigint) as at,
  if(hash(range, 4) % 20 = 0, null, (hash(range, 5) % 100000)::double / 100) as score, hash(range, 6) % 2 = 0 as paid
from range(${rows})
\`\`\`

\`\`\`yaml cell=stepped kind=derive from=big
columns: {doubled: ln(amount + 1)}
\`\`\`

\`\`\`yaml cell=parts kind=split from=big
test: 0.2
seed: 1
\`\`\`
`,
  )
  const {cells} = await runNotebook(await openProject(project.folder), document)
  for (const cell of cells.values())
    if (cell.state !== 'done') throw new Error(JSON.stringify(cell))
  await writeFile(join(folder, 'ready'), '')
}

async function client(calls: ProjectHandlers): Promise<Client> {
  const {port, key} = await openServer(wire => serve(wire, calls))
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
    headers: {authorization: `Bearer ${key}`},
  })
  await once(socket, 'open')
  return connect(wireOf(socket))
}

/** The same host, whose pages are JSON rows. */
function asJson(calls: ProjectHandlers): ProjectHandlers {
  const page: ProjectHandlers['table.page'] = async (input, task) => {
    const {arrow, ...rest} = await calls['table.page'](input, task)
    return {...rest, arrow: rowsOfPage(arrow)} as never
  }
  return {...calls, 'table.page': page}
}

/** Milliseconds; `cpu` is what host and client together spend, so that a busy machine tells less lies. */
type Time = {ms: number; cpu: number}

async function time(from: Client, input: Asked): Promise<Time> {
  const [start, before] = [performance.now(), process.cpuUsage()]
  const {rows: came} = await from.call('table.page', input as never)
  const ms = Math.round(performance.now() - start)
  const {user, system} = process.cpuUsage(before)
  if (came === 0) throw new Error('an empty page')
  return {ms, cpu: Math.round((user + system) / 1000)}
}

function summary(times: Time[]) {
  const median = (of: number[]) => of.sort((a, b) => a - b)[Math.floor(of.length / 2)]!
  const best = Math.min(...times.map(t => t.ms))
  return {best, median: median(times.map(t => t.ms)), cpu: median(times.map(t => t.cpu))}
}
