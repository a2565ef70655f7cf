import type {Command} from './args.ts'
import {documentOf, openClient} from './client.ts'
import {count, fault, paint, table} from './print.ts'

export const command: Command = {
  usage: '[DOCUMENT]',
  examples: ['bancada status', 'bancada status mini-pipeline --json'],
  async run(given, out) {
    const client = await openClient(given)
    const {folder, manifest, documents} = await client.call('project.info', {})
    const chosen =
      given.positionals[0] === undefined
        ? documents
        : [await documentOf(client, given.positionals[0])]
    out.say(`${paint('bold', manifest.name)}  ${folder}`)
    const all = []
    for (const document of chosen) {
      const {cells, problems} = await client.call('notebook.status', {document})
      out.say(`\n${document}`)
      out.say(
        table(
          [
            ['cell', 'kind', 'state', 'rows'],
            ...cells.map(c => [
              c.cell,
              c.kind,
              c.state === 'blocked' ? `blocked by ${c.by}` : c.state,
              c.state === 'fresh' && c.result.rows !== undefined ? count(c.result.rows) : '',
            ]),
          ],
          '  ',
        ),
      )
      for (const cell of cells) if (cell.state === 'failed') out.say(fault(cell.fault))
      for (const problem of problems) out.say(fault(problem))
      all.push({
        document,
        cells: cells.map(c =>
          c.state === 'fresh'
            ? {cell: c.cell, kind: c.kind, state: c.state, rows: c.result.rows, at: c.result.at}
            : c,
        ),
        problems,
      })
    }
    if (chosen.length === 0) out.say('\nNo document yet: put one into its notebooks folder.')
    out.result({ok: true, folder, name: manifest.name, documents: all})
    client.close()
    return 0
  },
}
