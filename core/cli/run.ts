import type {CellEvent, Settled} from '../schema/result.ts'
import {english} from '../words/says.ts'
import {type Command, type Given, type Output, text, whole} from './args.ts'
import {documentOf, openClient} from './client.ts'
import {count, duration, fault, paint, table} from './print.ts'

export const command: Command = {
  usage: '[DOCUMENT]',
  options: {
    cell: {
      type: 'string',
      short: 'c',
      multiple: true,
      value: 'NAME',
      help: 'only this cell and what it needs; may be repeated',
    },
    memory: {type: 'string', value: 'SIZE', help: 'memory limit for data, such as 4GB'},
    threads: {type: 'string', value: 'N', help: 'threads for data'},
  },
  examples: [
    'bancada run',
    'bancada run mini-pipeline --cell scores',
    'bancada run --json | jq .cells',
  ],
  async run(given, out) {
    const client = await openClient(given)
    const document = await documentOf(client, given.positionals[0])
    const started = performance.now()
    const {cells, problems} = await runDocument(given, out, document, client)
    const failed = cells.filter(c => c.state !== 'done').length
    for (const problem of problems) out.say(fault(problem))
    out.say()
    out.say(
      `${document}: ${cells.length - failed} of ${cells.length} cells done in ${duration(performance.now() - started)}`,
    )
    out.result({
      ok: failed === 0 && problems.length === 0,
      document,
      cells: cells.map(brief),
      problems,
      seconds: (performance.now() - started) / 1000,
    })
    client.close()
    if (cells.some(c => c.state === 'failed' && c.fault.code === 'cancelled')) return 130
    return failed === 0 && problems.length === 0 ? 0 : 1
  },
}

type Client = Awaited<ReturnType<typeof openClient>>

/** Runs a document, tells progress as it comes, and prints each cell as it settles. */
export async function runDocument(given: Given, out: Output, document: string, client: Client) {
  const running = new Map<string, string>()
  const tell = (event: CellEvent) => {
    if (event.state === 'running') running.set(event.cell, event.progress?.message ?? '')
    else running.delete(event.cell)
    out.status([...running].map(([cell, what]) => (what ? `${cell}: ${what}` : cell)).join(' · '))
  }
  const outcome = await client.call(
    'notebook.run',
    {
      document,
      cells: given.options.cell as string[] | undefined,
      memory: text(given, 'memory'),
      threads: whole(given, 'threads'),
    },
    {signal: given.signal, tell},
  )
  out.say(cellTable(outcome.cells))
  for (const cell of outcome.cells) {
    if (cell.state === 'failed')
      out.say(fault({...cell.fault, where: cell.fault.where ?? cell.cell}))
    if (cell.state === 'done')
      for (const warning of cell.result.warnings)
        out.say(`${paint('yellow', 'note')} ${cell.cell}: ${english(warning)}`)
  }
  return outcome
}

function cellTable(cells: readonly Settled[]): string {
  return table([
    ['', 'cell', 'kind', 'state', 'rows', 'time'],
    ...cells.map(cell => {
      const state = cell.state === 'done' ? (cell.cached ? 'cached' : 'done') : cell.state
      const mark = {
        done: paint('green', '✓'),
        cached: paint('dim', '✓'),
        failed: paint('red', '✗'),
        blocked: paint('yellow', '–'),
      }[state]
      return cell.state === 'done'
        ? [
            mark,
            cell.cell,
            cell.kind,
            state,
            cell.result.rows === undefined ? '' : count(cell.result.rows),
            duration(cell.result.ms),
          ]
        : [
            mark,
            cell.cell,
            cell.kind,
            cell.state === 'blocked' ? `blocked by ${cell.by}` : state,
            '',
            '',
          ]
    }),
  ])
}

/** A settled cell for programs: its state, rows and time, without the value's details. */
export function brief(cell: Settled) {
  if (cell.state !== 'done') return cell
  const {result, cached} = cell
  return {
    cell: cell.cell,
    kind: cell.kind,
    state: cell.state,
    cached,
    type: result.value.type,
    rows: result.rows,
    ms: result.ms,
    hash: result.hash,
    warnings: result.warnings.map(english),
  }
}
