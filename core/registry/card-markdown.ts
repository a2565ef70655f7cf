// A card as Markdown, for people: every figure with what it rests on.
import type {Card, Fact} from '../schema/card.ts'
import type {CardText, ModelVersion} from '../schema/registry.ts'
import {speech} from '../words/speech.ts'
import {type Now, staleFigures, staleness} from './card.ts'
import {type CardLanguage, cardWords} from './card-words.ts'

export type CardMarkdown = {
  language?: CardLanguage
  /** What the evidence is judged by; without it nothing is called stale. */
  now?: Now
  /** Every version of the model, for the last section. */
  versions?: readonly ModelVersion[]
  /** Of a card in a bundle: how many training rows the bundle carries. */
  carried?: number
}

/** `card.md`. Reads the same on GitHub, in the app and as plain text. */
export function cardMarkdown(
  card: Card,
  {language = 'en', now, versions = [], carried}: CardMarkdown = {},
): string {
  const words = cardWords[language]
  const said = speech(language)
  const number = new Intl.NumberFormat(language, {maximumSignificantDigits: 4})
  // The figures of a number that means a count or a seed are not to be rounded.
  const whole = new Intl.NumberFormat(language, {useGrouping: false, maximumFractionDigits: 20})
  const day = new Intl.DateTimeFormat(language, {dateStyle: 'long', timeZone: 'UTC'})
  const {overview, data, training, evaluation, texts} = card
  const {labels, columns} = words

  const evidence = (fact: Fact) => {
    const stale = now && staleness(fact, now)
    const {run, data: hash} = fact.evidence
    const rests = [run && code(run), hash && `${labels.data.toLowerCase()} ${code(short(hash))}`]
    return [...rests.filter(Boolean), ...(stale ? [`**⚠ ${words.stale[stale]}**`] : [])].join(', ')
  }
  const interval = ({low, high}: Fact) =>
    low === undefined || high === undefined ? '' : `${number.format(low)} – ${number.format(high)}`
  const figures = (facts: readonly Fact[]) =>
    table(
      [columns.name, columns.value, columns.interval, columns.evidence],
      facts.map(f => [
        code(f.name),
        (Number.isInteger(f.value) ? whole : number).format(f.value),
        interval(f),
        evidence(f),
      ]),
    )
  const written = (...sections: CardText[]) =>
    sections.flatMap(section => [
      `**${words.texts[section]}.** ${texts[section]?.trim() || `*${words.unwritten}*`}`,
    ])

  const stale = now ? staleFigures(card, now).length : 0
  const version = overview.number === undefined ? '' : `, ${words.version} ${overview.number}`
  const blocks = [
    `# ${words.title}: ${plain(overview.name)}${version}`,
    stale > 0 && `> ⚠ ${words.anyStale(stale)}`,

    `## ${words.overview}`,
    ...written('description'),
    list([
      [labels.task, words.task[overview.task]],
      [labels.kind, code(overview.kind)],
      [labels.target, overview.target && code(overview.target)],
      [labels.classes, overview.classes?.map(code).join(', ')],
      [labels.owners, overview.owners.map(plain).join(', ')],
      [labels.created, day.format(new Date(card.created))],
    ]),

    `## ${words.intendedUse}`,
    ...written('purpose', 'intended-uses', 'out-of-scope'),

    `## ${words.trainingData}`,
    list([
      [labels.document, code(training.document)],
      [labels.data, code(data.hash)],
    ]),
    data.rows.length > 0 && `### ${words.rows}`,
    data.rows.length > 0 && figures(data.rows),
    carried !== undefined && words.carried(carried),
    `### ${words.inputs}`,
    table(
      [columns.name, columns.type],
      data.inputs.map(c => [code(c.name), code(c.type)]),
    ),

    `## ${words.training}`,
    list([
      [labels.run, code(training.run)],
      [labels.cell, code(training.cell)],
      [labels.engine, training.engine && plain(training.engine)],
      [labels.seed, String(training.seed)],
      [labels.software, pairs(training.software)],
    ]),
    `### ${words.params}`,
    table(
      [columns.name, columns.value],
      Object.entries(training.params).map(([k, v]) => [code(k), code(JSON.stringify(v) ?? '')]),
    ),
    training.figures.length > 0 && figures(training.figures),

    `## ${words.evaluation}`,
    evaluation.title && plain(said(evaluation.title)),
    evaluation.figures.length > 0 ? figures(evaluation.figures) : `*${words.unevaluated}*`,

    `## ${words.limitations}`,
    ...written('limitations', 'ethics'),
    card.caveats.length > 0 && `${words.caveats}:`,
    card.caveats.length > 0 && card.caveats.map(caveat => `- ${plain(said(caveat))}`).join('\n'),

    versions.length > 0 && `## ${words.versions}`,
    versions.length > 0 &&
      table(
        [columns.version, columns.stage, columns.registered, columns.by],
        versions.map(v => [
          String(v.version),
          words.stages[v.stage],
          day.format(new Date(v.registered.at)),
          plain(v.registered.by.name),
        ]),
      ),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const short = (hash: string) => hash.slice(0, 12)

const pairs = (record: Record<string, string>) =>
  Object.entries(record)
    .map(([name, value]) => code(`${name} ${value}`))
    .join(', ')

const list = (items: [string, string | undefined | false][]) =>
  items.flatMap(([label, text]) => (text ? [`- ${label}: ${text}`] : [])).join('\n')

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n')

// A bar ends a table's cell even inside code.
const cell = (text: string) => text.replaceAll('|', '\\|')

/** Text that came from data or names: shown as it is, never read as Markdown or HTML. */
const plain = (text: string) =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#&~]/g, character => `\\${character}`)

// More backticks around than inside, as CommonMark has it.
function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map(run => run.length))
  const ticks = '`'.repeat(longest + 1)
  const pad = longest > 0 || flat.trim() === '' ? ' ' : ''
  return `${ticks}${pad}${flat}${pad}${ticks}`
}
