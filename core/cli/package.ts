import {cp} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {AppError} from '../error.ts'
import {says} from '../words/says.ts'
import {type Command, text} from './args.ts'
import {documentOf, openClient} from './client.ts'
import {runDocument} from './run.ts'

export const command: Command = {
  usage: '[DOCUMENT]',
  options: {
    to: {
      type: 'string',
      value: 'DIR',
      help: 'a new folder for the bundle (default: only say where it lies)',
    },
    cell: {
      type: 'string',
      short: 'c',
      multiple: true,
      value: 'NAME',
      help: 'which package cell, where there are several',
    },
  },
  examples: [
    'bancada package',
    'bancada package mini-pipeline --to ./service && cd service && npm install && npm start',
  ],
  async run(given, out) {
    const client = await openClient(given)
    const document = await documentOf(client, given.positionals[0])
    const {folder} = await client.call('project.info', {})
    const {cells: present} = await client.call('notebook.status', {document})
    const names =
      (given.options.cell as string[] | undefined) ??
      present.filter(c => c.kind === 'package').map(c => c.cell)
    if (names.length !== 1)
      throw new AppError(
        'bad-request',
        names.length === 0 ? says`${document} has no package cell` : says`which package cell?`,
        {
          hint:
            names.length === 0
              ? says`add one after a register cell`
              : says`--cell ${names.join(' or --cell ')}`,
        },
      )
    const {cells} = await runDocument(
      {...given, options: {...given.options, cell: names}},
      out,
      document,
      client,
    )
    client.close()
    const cell = cells.find(c => c.cell === names[0])
    if (cell?.state !== 'done' || cell.result.value.type !== 'bundle') {
      out.result({ok: false, cells})
      return 1
    }
    const {value} = cell.result
    const bundle = join(folder, '.bancada', 'objects', value.folder)
    const to = text(given, 'to')
    const place = to === undefined ? bundle : resolve(to)
    if (to !== undefined)
      await cp(bundle, place, {recursive: true, force: false, errorOnExist: true})
    out.say(
      `\n${value.name} ${value.version}: ${value.golden.rows} golden rows, ${value.golden.mismatches} mismatches, ${value.golden.real} rows of the training data in it\n${place}`,
    )
    out.result({
      ok: true,
      bundle: place,
      name: value.name,
      version: value.version,
      golden: value.golden,
    })
    return 0
  },
}
