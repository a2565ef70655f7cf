// The report as one HTML file.
import type {Item} from '../guide/checklist.ts'
import type {Block, CellBlock} from '../schema/live.ts'
import type {CellStatus} from '../schema/result.ts'
import type {Environment} from '../schema/run.ts'
import type {Gathered} from './gather.ts'
import {facts, type Html, html, table} from './html.ts'
import {markdownHtml} from './markdown.ts'
import {type Behind, resultHtml, warningsHtml} from './result.ts'
import {sheet} from './sheet.ts'
import type {Speak} from './speak.ts'

/** `at`: when it is written, ISO 8601. */
export async function page(
  gathered: Gathered,
  behind: Behind,
  speak: Speak,
  at: string,
): Promise<string> {
  const {manifest, blocks, checklist} = gathered
  const {t, language} = speak
  const work: Html[] = []
  for (const block of blocks) work.push(await blockHtml(block, gathered, behind, speak))
  const body = html`<header>
<h1>${manifest.name}</h1>
${facts([
  [t('report.authors'), manifest.owners.join(', ') || t('report.noAuthors')],
  [t('report.date'), html`<time datetime="${at}">${speak.date(at)}</time>`],
  [t('report.document'), gathered.document],
])}
</header>
<section><h2>${t('report.problem')}</h2>
<p>${manifest.problem?.trim() || t('report.noProblem')}</p>
${goal(gathered, speak)}
</section>
${checklist && checklistHtml(checklist, speak)}
<section><h2>${t('report.contents')}</h2>
${work}
</section>
${evidence(gathered, speak)}
${environments(gathered, speak)}`
  return sheet(body, {title: `${manifest.name} · ${t('report.title')}`, language})
}

/** Which way the metric is better is known once it was measured. */
function goal({manifest: {success}, status}: Gathered, {t, figure}: Speak): Html {
  if (!success) return html``
  const measured = Object.values(status).flatMap(cell =>
    cell.state === 'fresh' && cell.result.value.type === 'report'
      ? cell.result.value.report.metrics
      : [],
  )
  const low = measured.find(({name}) => name === success.metric)?.better === 'low'
  const values = {metric: success.metric, threshold: figure(success.threshold)}
  return html`<p>${t(low ? 'report.goalLow' : 'report.goal', values)}</p>`
}

function checklistHtml(items: readonly Item[], {t}: Speak): Html {
  const rows = items.map(item => [
    t(`guide.items.${item.id}`),
    item.done ? `✓\u00a0${t('guide.done')}` : `○\u00a0${t('guide.open')}`,
    [
      ...item.facts.map(({say, values}) => t(`guide.facts.${say}`, values)),
      ...(item.done ? [] : [t(`guide.lack.${item.lack}`)]),
    ].join(' '),
  ])
  const title = t('report.checklist')
  const head = [t('report.item'), t('report.state'), t('report.found')]
  return html`<section><h2>${title}</h2>${table(title, head, rows)}</section>`
}

async function blockHtml(
  block: Block,
  {kinds, status}: Gathered,
  behind: Behind,
  speak: Speak,
): Promise<Html> {
  if (block.type === 'text') return markdownHtml(block.text)
  const {name, kind, body} = block
  const title = speak.kind(kind, kinds[kind]?.title ?? kind)
  const {t} = speak
  return html`<section class="cell">
<h5>${title} <code>${name}</code></h5>
${from(block)}
${body.trim() === '' ? html`<p><small>${t('report.empty')}</small></p>` : html`<pre aria-label="${t('report.code', {cell: name})}"><code>${body.trimEnd()}</code></pre>`}
${await outcome(status[name], behind, speak)}
</section>
`
}

const from = ({from: names}: CellBlock): Html =>
  names.length === 0 ? html`` : html`<p><small>← ${names.join(', ')}</small></p>`

async function outcome(cell: CellStatus | undefined, behind: Behind, speak: Speak): Promise<Html> {
  const {t, said} = speak
  if (cell?.state === 'failed')
    return html`<p class="alarm">${t('report.failed', {
      message: said(cell.fault.said?.message ?? cell.fault.message),
    })}</p>`
  if (cell?.state === 'blocked') return html`<p>${t('report.blocked', {cell: cell.by})}</p>`
  if (cell?.state !== 'fresh') return html`<p>${t('report.stale')}</p>`
  const {value, warnings} = cell.result
  const told = value.type === 'report' ? [] : warnings
  return html`${await resultHtml(value, behind, speak)}${warningsHtml(told, speak)}`
}

function evidence({status, files, runs}: Gathered, speak: Speak): Html {
  const {t, duration, whole, date, bytes} = speak
  const code = (text: string) => html`<span class="hash">${text}</span>`
  const cells = Object.values(status).flatMap(cell =>
    cell.state === 'fresh'
      ? [
          [
            cell.cell,
            code(cell.result.hash),
            cell.result.rows === undefined ? '—' : whole(cell.result.rows),
            date(cell.result.at),
            duration(cell.result.ms),
          ],
        ]
      : [],
  )
  return html`<section><h2>${t('report.evidence')}</h2>
<p>${t('report.evidenceHint')}</p>
${
  files.length > 0 &&
  table(
    t('report.files'),
    [t('report.document'), 'SHA-256', t('report.bytes')],
    files.map(file => [file.path, code(file.hash), bytes(file.bytes)]),
  )
}
${
  cells.length > 0 &&
  table(
    t('report.result'),
    [t('report.cell'), t('report.hash'), t('report.rows'), t('report.finished'), t('report.took')],
    cells,
  )
}
${
  runs.length > 0 &&
  table(
    t('report.runs'),
    [t('report.run'), t('report.cell'), t('report.kind'), t('report.seed'), t('report.engine')],
    runs.map(run => [code(run.id), run.cell, run.kind, run.seed, run.engine ?? '—']),
  )
}
</section>`
}

function environments({environment, runs}: Gathered, {t, bytes}: Speak): Html {
  const all: [string, Environment][] = [
    ...runs.map((run): [string, Environment] => [run.id, run.environment]),
    [t('report.thisReport'), environment],
  ]
  const packages = (of: Environment) =>
    Object.entries(of.packages)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')
  const rows = all.map(([of, own]) => [
    of,
    own.bancada,
    own.node,
    own.platform,
    `${own.cpu}, ${own.cores} ×, ${bytes(own.memory)}`,
    packages(own),
  ])
  const title = t('report.environment')
  const head = [
    t('report.of'),
    'Bancada',
    'Node',
    t('report.platform'),
    t('report.cpu'),
    t('report.packages'),
  ]
  return html`<section><h2>${title}</h2><p>${t('report.environmentOf')}</p>${table(title, head, rows)}</section>`
}
