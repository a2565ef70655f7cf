import {resolve} from 'node:path'
import type {CellStatus} from '../schema/result.ts'
import {type Command, text} from './args.ts'
import {clientOf} from './client.ts'
import {count, fault, paint} from './print.ts'

export const command: Command = {
  usage: '[PATH]',
  examples: ['bancada open penguins', 'bancada open penguins/notebooks/first.md --json'],
  async run(given, out) {
    const path = given.positionals[0] ?? text(given, 'project') ?? '.'
    const client = await clientOf(resolve(path))
    try {
      const {folder, manifest, documents} = await client.call('project.info', {})
      out.say(`${paint('bold', manifest.name)}  ${folder}`)
      if (manifest.problem) out.say(manifest.problem)
      out.say()
      const all = []
      for (const document of documents) {
        const {cells, problems} = await client.call('notebook.status', {document})
        const states = tally(cells)
        out.say(`  ${document}: ${inWords(cells.length, states)}`)
        for (const problem of problems) out.say(fault(problem))
        all.push({document, cells: states, problems})
      }
      const runs = (await client.call('runs.list', {limit: 1})).total
      const models = (await client.call('models.list', {})).map(({name, versions, production}) => ({
        name,
        versions: versions.length,
        production,
      }))
      out.say(`  ${runs === 0 ? 'no run yet' : `${count(runs)} ${runs === 1 ? 'run' : 'runs'}`}`)
      for (const {name, versions, production} of models)
        out.say(
          `  model ${name}: ${versions} ${versions === 1 ? 'version' : 'versions'}, ${production ? `version ${production} in production` : 'none in production'}`,
        )
      out.say()
      out.say(
        documents.length === 0
          ? `Next: copy a data file into ${folder}/data and write notebooks/first.md`
          : `Next: bancada run --project ${folder}${documents.length === 1 ? '' : ' DOCUMENT'}`,
      )
      out.result({ok: true, folder, name: manifest.name, documents: all, runs, models})
      return 0
    } finally {
      client.close()
    }
  },
}

type Tally = Record<CellStatus['state'], number>

function tally(cells: readonly CellStatus[]): Tally {
  const states: Tally = {fresh: 0, stale: 0, failed: 0, blocked: 0}
  for (const {state} of cells) states[state]++
  return states
}

function inWords(total: number, states: Tally): string {
  const parts = Object.entries(states).flatMap(([state, n]) => (n > 0 ? [`${n} ${state}`] : []))
  return total === 0 ? 'no cells' : `${total} cells, ${parts.join(', ')}`
}
