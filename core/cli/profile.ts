import {basename, dirname, relative, resolve} from 'node:path'
import {profileFile} from '../data/profile/file.ts'
import {findProject} from '../project.ts'
import type {ColumnProfile, TableProfile} from '../schema/profile.ts'
import type {Progress} from '../schema/result.ts'
import {english} from '../words/says.ts'
import {type Command, type Given, need, type Output, text} from './args.ts'
import {clientOf, documentOf, openClient} from './client.ts'
import {count, figure, paint, table} from './print.ts'

export const command: Command = {
  usage: 'FILE | --document DOCUMENT CELL',
  options: {
    document: {
      type: 'string',
      short: 'd',
      value: 'NAME',
      help: 'profile a cell of this document, as it was last computed; CELL.train is a part of a split',
    },
    target: {
      type: 'string',
      short: 't',
      value: 'COLUMN',
      help: 'also tell how well each column alone predicts this one',
    },
  },
  examples: [
    'bancada profile data/penguins.json',
    'bancada profile churn.csv --target churned --json',
    'bancada profile --document mini-pipeline adults --target Species',
    'bancada profile --project demo/mini-pipeline --document mini-pipeline parts.train',
  ],
  async run(given, out) {
    const {of, found} = await (text(given, 'document') ? ofCell : ofFile)(given, out)
    out.say(
      `${paint('bold', of)}\n${count(found.rows)} rows, ${found.columns.length} columns, ${count(found.duplicates)} duplicate rows, ${count(found.missing.rows)} rows with something missing${found.rejected > 0 ? `, ${count(found.rejected)} rows that could not be read` : ''}\n`,
    )
    out.say(
      table([
        ['column', 'type', 'missing', 'distinct', 'min', 'median', 'mean', 'max', 'most frequent'],
        ...found.columns.map(row),
      ]),
    )
    tellTarget(out.say, found)
    const strong = [...found.correlations]
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, 8)
    if (strong.length > 0)
      out.say(
        `\n${table([['goes together', '', 'measure', 'value'], ...strong.map(c => [c.a, c.b, c.measure, figure(c.value)])])}`,
      )
    if (found.warnings.length > 0) out.say()
    for (const {message, fix} of found.warnings) {
      out.say(`${paint('yellow', 'note')} ${message}`)
      if (fix) out.say(`  ${paint('cyan', '→')} kind=${fix.kind} ${JSON.stringify(fix.params)}`)
    }
    for (const note of [...found.notes, ...found.limits]) out.say(paint('dim', english(note)))
    out.result({ok: true, of, ...found})
    return 0
  },
}

type Profiled = {of: string; found: TableProfile}

async function ofCell(given: Given, out: Output): Promise<Profiled> {
  const client = await openClient(given)
  try {
    const cell = need(given, 0, 'the cell')
    const document = await documentOf(client, text(given, 'document'))
    const input = {document, table: cell, target: text(given, 'target')}
    const found = await client.call('data.profile', input, watched(given, out))
    return {of: `${cell} of ${document}`, found}
  } finally {
    client.close()
  }
}

/** A file of a project goes the way of all calls; one that lies in none needs no host. */
async function ofFile(given: Given, out: Output): Promise<Profiled> {
  const path = resolve(text(given, 'project') ?? '.', need(given, 0, 'the data file'))
  const target = text(given, 'target')
  const folder = await findProject(dirname(path))
  if (folder === undefined) {
    const spec = {folder: dirname(path), file: basename(path), target}
    return {of: path, found: await profileFile(spec, watched(given, out))}
  }
  const client = await clientOf(folder)
  try {
    const input = {file: relative(folder, path), target}
    return {of: path, found: await client.call('data.profile', input, watched(given, out))}
  } finally {
    client.close()
  }
}

const watched = ({signal}: Given, out: Output) => ({
  signal,
  tell: ({message, done}: Progress) =>
    message && out.status(done === undefined ? message : `${message} ${Math.round(done * 100)}%`),
})

function row(c: ColumnProfile) {
  const head = [c.name, c.type, c.missing === 0 ? '' : count(c.missing), count(c.distinct)]
  if (c.kind === 'number' && c.numbers) {
    const median = c.numbers.quantiles.find(q => q.p === 0.5)?.value
    return [
      ...head,
      figure(c.numbers.min),
      figure(median),
      figure(c.numbers.mean),
      figure(c.numbers.max),
      '',
    ]
  }
  if (c.kind === 'date' && c.dates)
    return [...head, c.dates.min, c.dates.median, '', c.dates.max, '']
  if ((c.kind === 'category' || c.kind === 'boolean') && c.values) {
    const most = c.values.top.slice(0, 3).map(v => `${v.value.slice(0, 20)} (${count(v.count)})`)
    return [...head, '', '', '', '', most.join(', ')]
  }
  return [...head, '', '', '', '', '']
}

function tellTarget(say: (text?: string) => void, {target}: TableProfile) {
  if (!target) return
  say(`\nHow well each column alone tells ${target.name} (${target.measure})`)
  say(
    table(
      [
        ['column', target.measure],
        ...target.columns.slice(0, 12).map(c => [c.name, figure(c.value)]),
      ],
      '  ',
    ),
  )
}
