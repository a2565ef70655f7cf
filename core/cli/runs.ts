import {AppError} from '../error.ts'
import type {Explanation} from '../schema/explanation.ts'
import {type Command, type Given, need, type Output, text, whole} from './args.ts'
import {openClient} from './client.ts'
import {count, duration, fault, figure, paint, table} from './print.ts'

export const command: Command = {
  usage:
    '[list | show ID | logs ID | explain ID | compare ID ID … | note ID TEXT | tag ID TAG … | star ID | unstar ID | archive ID | restore ID | delete ID]',
  options: {
    filter: {
      type: 'string',
      short: 'f',
      value: 'EXPR',
      help: 'such as "metrics.macro_f1 > 0.9 and params.C < 10"',
    },
    sort: {
      type: 'string',
      short: 's',
      value: 'NAME',
      help: 'such as metrics.macro_f1; -NAME for the largest first',
    },
    limit: {type: 'string', short: 'n', value: 'N', help: 'how many (default 20)'},
    archived: {type: 'boolean', help: 'archived runs too'},
    metric: {
      type: 'string',
      value: 'NAME',
      help: 'explain: what importance is told in (default log_loss, rmse, or the project’s own)',
    },
    rows: {type: 'string', value: 'N', help: 'explain: how many rows at most (default 5000)'},
    repeats: {
      type: 'string',
      value: 'N',
      help: 'explain: how often each column is shuffled (default 10)',
    },
    seed: {type: 'string', value: 'N', help: 'explain: repeats the same shuffling (default 1)'},
  },
  examples: [
    'bancada runs',
    'bancada runs --filter "kind = \'mlp\' and metrics.macro_f1 > 0.9" --sort -metrics.macro_f1',
    'bancada runs compare ID ID',
    'bancada runs explain ID --metric accuracy',
    'bancada runs logs ID',
  ],
  async run(given, out) {
    const [verb = 'list', ...rest] = given.positionals
    const act = verbs[verb]
    if (!act)
      throw new AppError('bad-request', `runs cannot "${verb}"`, {
        hint: `it can ${Object.keys(verbs).join(', ')}`,
      })
    const client = await openClient(given)
    try {
      out.result({ok: true, ...(await act(client, {...given, positionals: rest}, out))})
      return 0
    } finally {
      client.close()
    }
  },
}

type Client = Awaited<ReturnType<typeof openClient>>
type Verb = (client: Client, given: Given, out: Output) => Promise<object>

const list: Verb = async (client, given, out) => {
  const sort = text(given, 'sort')
  const found = await client.call('runs.list', {
    filter: text(given, 'filter'),
    sort: sort
      ? [{by: sort.replace(/^-/, ''), order: sort.startsWith('-') ? 'desc' : 'asc'}]
      : undefined,
    limit: whole(given, 'limit') ?? 20,
    archived: given.options.archived === true,
  })
  for (const {run, fault: why} of found.problems) out.say(fault({...why, where: run}))
  if (found.total === 0) {
    out.say('No run yet. Every model cell that trains writes one.')
    return found
  }
  const metrics = leading(found.names.metrics)
  out.say(
    table([
      ['run', 'when', 'cell', 'kind', 'state', 'time', ...metrics],
      ...found.rows.map(r => [
        `${r.id}${r.star ? ' ★' : ''}`,
        r.created.slice(0, 16).replace('T', ' '),
        r.cell,
        r.kind,
        r.state,
        r.seconds === undefined ? '' : duration(r.seconds * 1000),
        ...metrics.map(name => figure(r.metrics[name])),
      ]),
    ]),
  )
  if (found.total > found.rows.length)
    out.say(paint('dim', `${found.rows.length} of ${found.total}; --limit shows more`))
  return found
}

const show: Verb = async (client, given, out) => {
  const run = await client.call('runs.get', {id: need(given, 0, 'the id of the run')})
  const {status} = run
  out.say(`${paint('bold', run.id)}  ${run.kind} in ${run.document}, cell ${run.cell}`)
  out.say(
    `${status.state}${'ended' in status ? ` after ${duration(Date.parse(status.ended) - Date.parse(run.created))}` : ''}; engine ${run.engine ?? 'not known yet'}; seed ${run.seed}`,
  )
  if (status.state === 'failed') out.say(fault({...status.fault, run: run.id}))
  out.say(
    table(
      [
        ['parameter', 'value'],
        ...Object.entries(run.params).map(([name, value]) => [name, JSON.stringify(value)]),
      ],
      '  ',
    ),
  )
  out.say(
    table(
      [
        ['metric', 'value'],
        ...Object.entries(run.metrics).map(([name, value]) => [name, figure(value)]),
      ],
      '  ',
    ),
  )
  for (const warning of run.warnings) out.say(`${paint('yellow', 'note')} ${warning}`)
  return {run}
}

const logs: Verb = async (client, given, out) => {
  const {lines} = await client.call('runs.log', {id: need(given, 0, 'the id of the run')})
  if (lines.length === 0) out.say('This run kept no log.')
  for (const {at, from, level, text} of lines)
    out.say(
      `${paint('dim', at.slice(11, 23))} ${from === 'bancada' ? '' : `${paint('dim', `${from}:`)} `}${level === 'info' ? text : `${paint(level === 'error' ? 'red' : 'yellow', level)} ${text}`}`,
    )
  return {lines}
}

const explain: Verb = async (client, given, out) => {
  const explanation = await client.call(
    'runs.explain',
    {
      id: need(given, 0, 'the id of the run'),
      metric: text(given, 'metric'),
      rows: whole(given, 'rows'),
      repeats: whole(given, 'repeats'),
      seed: whole(given, 'seed'),
    },
    {
      signal: given.signal,
      tell: ({message = '', done = 0}) => out.status(`${Math.round(done * 100)}%  ${message}`),
    },
  )
  const {metric, importance, dependence, rows, all, part, repeats, unanswered, unread} = explanation
  out.say(
    `${paint('bold', 'Permutation importance')}  ${metric.name} is ${figure(metric.value)} on ${count(rows)} of ${count(all)} ${part} rows; each column was shuffled ${repeats} times`,
  )
  out.say(columnsOf(explanation))
  out.say(
    table(
      [
        ['column', `${metric.name} gets worse by`, '±'],
        ...importance.map(({name, mean, sd}) => [name, figure(mean), figure(sd)]),
      ],
      '  ',
    ),
  )
  if (unanswered > 0)
    out.say(`${count(unanswered)} rows were left out: the model cannot answer them as they are`)
  if (unread.length > 0) out.say(`not read by the model: ${unread.join(', ')}`)
  const drawn = dependence.map(({name}) => name).join(', ')
  if (drawn)
    out.say(
      paint(
        'dim',
        `How the answer changes with ${drawn}: drawn on the run’s page, listed by --json`,
      ),
    )
  return {explanation}
}

const columnsOf = ({cell, after}: Explanation) =>
  [
    cell === undefined
      ? 'Columns as the model is given them'
      : `Columns as the cell ${cell} gives them`,
    ...(after.length > 0 ? [`, after ${after.join(', ')}`] : []),
  ].join('')

const compare: Verb = async (client, given, out) => {
  if (given.positionals.length < 2)
    throw new AppError('bad-request', 'comparing takes two runs or more')
  const found = await client.call('runs.compare', {ids: given.positionals})
  const row = ({name, values, differs}: (typeof found.params)[number]) => [
    differs ? paint('yellow', name) : name,
    ...values.map(v => (typeof v === 'number' ? figure(v) : String(v ?? '–'))),
  ]
  out.say(
    table([
      ['', ...given.positionals],
      ...found.facts.map(row),
      ...found.params.map(row),
      ...found.metrics.map(row),
    ]),
  )
  return found
}

const note: Verb = (client, given) =>
  client
    .call('runs.mark', {
      id: need(given, 0, 'the id of the run'),
      notes: given.positionals.slice(1).join(' '),
    })
    .then(run => ({run}))
const tag: Verb = (client, given) =>
  client
    .call('runs.mark', {id: need(given, 0, 'the id of the run'), tags: given.positionals.slice(1)})
    .then(run => ({run}))
const mark =
  (change: {star?: boolean; archived?: boolean}): Verb =>
  async (client, given) => ({
    run: await client.call('runs.mark', {id: need(given, 0, 'the id of the run'), ...change}),
  })

const remove: Verb = async (client, given, out) => {
  const id = need(given, 0, 'the id of the run')
  await client.call('runs.remove', {id})
  out.say(`Deleted run ${id} for good`)
  return {id}
}

const verbs: Record<string, Verb> = {
  list,
  show,
  logs,
  explain,
  compare,
  note,
  tag,
  star: mark({star: true}),
  unstar: mark({star: false}),
  archive: mark({archived: true}),
  restore: mark({archived: false}),
  delete: remove,
}

/** The metrics that people look at first. */
function leading(names: readonly string[]): string[] {
  const first = ['macro_f1', 'accuracy', 'roc_auc', 'rmse', 'r2', 'silhouette'].filter(n =>
    names.includes(n),
  )
  return first.length > 0 ? first.slice(0, 3) : names.slice(0, 3)
}
