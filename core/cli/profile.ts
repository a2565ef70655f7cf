import {resolve} from 'node:path'
import {type FileProfile, profileFile} from '../data/profile/file.ts'
import type {ColumnProfile} from '../schema/profile.ts'
import {type Command, need, text} from './args.ts'
import {count, figure, paint, table} from './print.ts'

export const command: Command = {
  usage: 'FILE',
  options: {
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
  ],
  async run(given, out) {
    const file = resolve(need(given, 0, 'the data file'))
    const found = await profileFile(
      file,
      {target: text(given, 'target')},
      {signal: given.signal, tell: ({message}) => message && out.status(message)},
    )
    out.say(
      `${paint('bold', file)}\n${count(found.rows)} rows, ${found.columns.length} columns, ${count(found.duplicates)} duplicate rows, ${count(found.missing.rows)} rows with something missing${found.rejected > 0 ? `, ${count(found.rejected)} rows that could not be read` : ''}\n`,
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
    for (const note of [...found.notes, ...found.limits]) out.say(paint('dim', note))
    out.result({ok: true, ...found})
    return 0
  },
}

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

function tellTarget(say: (text?: string) => void, {target}: FileProfile) {
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
