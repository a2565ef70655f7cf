// What of a guided project is done: read off the document as it stands, never ticked by hand.
import type {KindInfo} from '../schema/kind.ts'
import type {Block, CellBlock, LiveEdge} from '../schema/live.ts'
import type {Manifest} from '../schema/project.ts'
import type {CellResult, CellStatus} from '../schema/result.ts'
import {above} from './lineage.ts'
import {fewestWords, reflectionOf} from './reflection.ts'

export const guides = ['mini-project'] as const
export const hasGuide = ({guide}: Manifest) => guides.some(name => name === guide)

export const itemIds = [
  'problem',
  'cleaning',
  'features',
  'training',
  'evaluation',
  'deployment',
  'reflection',
] as const
export type ItemId = (typeof itemIds)[number]

/** Something that was found, to be said in words: `rows` with `{cell, before, after}`. */
export type Fact = {
  say:
    | 'goal'
    | 'rows'
    | 'columns'
    | 'values'
    | 'learned'
    | 'notLearned'
    | 'model'
    | 'reached'
    | 'missed'
    | 'unmeasured'
    | 'noGoal'
    | 'rehearsed'
    | 'mismatches'
    | 'words'
  values: Record<string, string | number>
}

/** What to do next: in words by `lack`, and by a button where that can be. */
export type Lack =
  | 'problem'
  | 'data'
  | 'cleaning'
  | 'unchanged'
  | 'split'
  | 'features'
  | 'training'
  | 'model'
  | 'evaluation'
  | 'evaluate'
  | 'register'
  | 'package'
  | 'rehearse'
  | 'differs'
  | 'reflection'
  | 'run'
  | 'mend'
export type Next =
  | {do: 'problem'}
  | {do: 'data'}
  | {do: 'insert'; kind: string; after: string; body?: string}
  | {do: 'run' | 'show'; cell: string}
  /** A text below the heading; without a block the heading is missing, too. */
  | {do: 'write'; block?: string}

export type Item = {id: ItemId; facts: Fact[]} & (
  | {done: true}
  | {done: false; lack: Lack; next?: Next}
)

/** The document as a client has it: an `OpenDocument` of the window is one. */
export type Subject = {
  order: readonly string[]
  blocks: Readonly<Record<string, Block>>
  status: Readonly<Record<string, CellStatus>>
  edges: readonly LiveEdge[]
  /** Cells whose last run failed; their status alone says no more than that they are stale. */
  failed?: readonly string[]
}
type Kinds = Readonly<Record<string, Pick<KindInfo, 'group'>>>

/** The items in order, each with what was found and what to do next. */
export function checklist(doc: Subject, kinds: Kinds, manifest: Manifest): Item[] {
  const seen = look(doc, kinds)
  return [
    problem(manifest),
    cleaning(seen),
    features(seen),
    training(seen, manifest),
    evaluation(seen, manifest),
    deployment(seen, manifest),
    reflection(doc),
  ]
}

/** A cell with what it rests on and, where it is fresh, what it gave. */
type Seen = {
  cell: CellBlock
  group: string
  /** The cells that feed it directly, and all that it needs. */
  from: string[]
  above: Set<string>
  result?: CellResult
  failed: boolean
}

function look({order, blocks, status, edges, failed = []}: Subject, kinds: Kinds): Seen[] {
  return order.flatMap(id => {
    const cell = blocks[id]
    if (cell?.type !== 'cell') return []
    const stands = status[cell.name]
    const seen: Seen = {
      cell,
      group: kinds[cell.kind]?.group ?? '',
      from: edges.filter(({to}) => to === cell.name).map(({from}) => from),
      above: above(edges, cell.name),
      failed:
        stands?.state === 'failed' || (stands?.state === 'stale' && failed.includes(cell.name)),
      ...(stands?.state === 'fresh' && {result: stands.result}),
    }
    return [seen]
  })
}

function problem({problem, success}: Manifest): Item {
  const facts: Fact[] = success ? [{say: 'goal', values: success}] : []
  return problem?.trim() && success
    ? {id: 'problem', done: true, facts}
    : {id: 'problem', done: false, facts, lack: 'problem', next: {do: 'problem'}}
}

/** A query that hands its table on as it is cleans nothing. */
const copies = /^\s*select\s+\*\s+from\s+("[^"]*"|[\w.]+)\s*;?\s*$/i

function cleaning(all: Seen[]): Item {
  const id = 'cleaning'
  const sources = all.filter(({cell}) => cell.kind === 'source' || cell.kind === 'images')
  const source = sources.at(-1)
  if (!source) return {id, done: false, facts: [], lack: 'data', next: {do: 'data'}}
  const mine = all.filter(
    seen =>
      (seen.cell.kind === 'sql' || seen.group === 'clean' || seen.group === 'rows') &&
      sources.some(({cell}) => seen.above.has(cell.name)) &&
      leadsToModel(seen, all),
  )
  const real = mine.filter(({cell}) => cell.kind !== 'sql' || !copies.test(cell.body))
  const facts = real.flatMap(seen => (seen.result ? [changeOf(seen, all)] : []))
  if (facts.length > 0) return {id, done: true, facts}
  const [copy] = mine
  if (real.length === 0 && copy)
    return {id, done: false, facts, lack: 'unchanged', next: {do: 'show', cell: copy.cell.id}}
  return open(id, real, facts) ?? adds(id, 'cleaning', 'sql', source)
}

/** Beside the way to the model stand tables that are made for drift alone. Before a split is there, any may lead on. */
function leadsToModel({cell, above: own}: Seen, all: Seen[]): boolean {
  const splits = all.filter(seen => seen.cell.kind === 'split')
  return (
    splits.length === 0 ||
    splits.some(split => split.above.has(cell.name) || own.has(split.cell.name))
  )
}

/** What a cell changed, as far as sizes tell. */
function changeOf({cell, from, result}: Seen, all: Seen[]): Fact {
  const inputs = all.filter(other => from.includes(other.cell.name))
  const [input] = inputs
  const before = inputs.length === 1 ? input!.result : undefined
  const rows = {before: before?.rows, after: result!.rows}
  if (rows.before !== undefined && rows.after !== undefined && rows.before !== rows.after)
    return {say: 'rows', values: {cell: cell.name, before: rows.before, after: rows.after}}
  const columns = {before: before && columnsOf(before), after: columnsOf(result!)}
  if (columns.before && columns.after && columns.before !== columns.after)
    return {say: 'columns', values: {cell: cell.name, before: columns.before, after: columns.after}}
  return {say: 'values', values: {cell: cell.name}}
}

function columnsOf({value}: CellResult): number | undefined {
  if (value.type === 'table') return value.table.columns.length
  return value.type === 'split' ? value.parts.train.columns.length : undefined
}

const featureGroups = ['columns', 'numbers', 'categories', 'time', 'text']

function features(all: Seen[]): Item {
  const id = 'features'
  const splits = all.filter(({cell}) => cell.kind === 'split')
  const split = splits.at(-1)
  if (!split) {
    const table = lastTable(all)
    return table
      ? adds(id, 'split', 'split', table)
      : {id, done: false, facts: [], lack: 'data', next: {do: 'data'}}
  }
  const mine = all.filter(
    seen =>
      featureGroups.includes(seen.group) && splits.some(({cell}) => seen.above.has(cell.name)),
  )
  const facts = mine.flatMap((seen): Fact[] =>
    seen.result
      ? [{say: learned(seen) ? 'learned' : 'notLearned', values: {cell: seen.cell.name}}]
      : [],
  )
  if (facts.some(({say}) => say === 'learned')) return {id, done: true, facts}
  return (
    open(id, mine, facts) ?? adds(id, 'features', 'scale', prepared(all) ?? split, undefined, facts)
  )
}

/** Whether a step took something from the training rows, by what its result says. */
function learned({cell, result}: Seen): boolean {
  const value = result?.value
  if (value?.type !== 'table' && value?.type !== 'split') return false
  const step = value.recipe.steps.at(-1)
  return step?.kind === cell.kind && step.learned !== undefined
}

/** The last cell that a split can take. */
const lastTable = (all: Seen[]) =>
  all.findLast(
    ({cell, group, above: own}) =>
      (['source', 'images', 'sql'].includes(cell.kind) ||
        ['clean', 'rows', 'columns', 'numbers', 'categories', 'time', 'text', 'tables'].includes(
          group,
        )) &&
      !all.some(other => other.cell.kind === 'package' && own.has(other.cell.name)),
  )

/** The last cell that a model can take after a split. */
const prepared = (all: Seen[]) =>
  all.findLast(
    ({cell, group, above: own}) =>
      cell.kind === 'split' ||
      (!['models', 'review', 'data'].includes(group) &&
        all.some(other => other.cell.kind === 'split' && own.has(other.cell.name))),
  )

const ofNumbers = /^(rmse|mae|mape|r2|quantile_loss)/

function training(all: Seen[], {success}: Manifest): Item {
  const id = 'training'
  const mine = all.filter(({group}) => group === 'models')
  const facts = mine.flatMap(({cell, result}): Fact[] =>
    result?.value.type === 'model'
      ? [{say: 'model', values: {cell: cell.name, n: result.value.features.length}}]
      : [],
  )
  if (facts.length > 0) return {id, done: true, facts}
  const ready = prepared(all)
  if (mine.length === 0 && !ready) return {id, done: false, facts, lack: 'split'}
  const kind = ofNumbers.test(success?.metric ?? '') ? 'linear' : 'logistic'
  return open(id, mine, facts) ?? adds(id, 'training', kind, ready!)
}

function evaluation(all: Seen[], {success}: Manifest): Item {
  const id = 'evaluation'
  const mine = all.filter(({cell}) => cell.kind === 'evaluate')
  const facts = mine.flatMap(({cell, result}): Fact[] => {
    if (result?.value.type !== 'report') return []
    if (!success) return [{say: 'noGoal', values: {cell: cell.name}}]
    const found = result.value.report.metrics.find(({name}) => name === success.metric)
    if (!found) return [{say: 'unmeasured', values: {cell: cell.name, metric: success.metric}}]
    const {metric, threshold} = success
    const reached = found.better === 'high' ? found.value >= threshold : found.value <= threshold
    return [
      {
        say: reached ? 'reached' : 'missed',
        values: {cell: cell.name, metric, value: found.value, threshold},
      },
    ]
  })
  if (facts.length > 0) return {id, done: true, facts}
  const model = all.findLast(({group}) => group === 'models')
  if (mine.length === 0 && !model) return {id, done: false, facts, lack: 'model'}
  return open(id, mine, facts) ?? adds(id, 'evaluation', 'evaluate', model!)
}

/** From the evaluation to the rehearsal, each resting on the one before. */
const chain = ['register', 'package', 'rehearse'] as const

function deployment(all: Seen[], {name}: Manifest): Item {
  const id = 'deployment'
  const rehearsals = all.filter(({cell}) => cell.kind === 'rehearse')
  const facts = rehearsals.flatMap((seen): Fact[] => {
    const value = seen.result?.value
    const bundle = all.find(({cell, result}) => seen.above.has(cell.name) && isBundle(result))
    if (value?.type !== 'report' || !bundle) return []
    const figure = (metric: string) =>
      value.report.metrics.find(({name}) => name === metric)?.value ?? Number.NaN
    const n = figure('mismatches')
    const rows = figure('golden_rows')
    return [
      n === 0 && !value.report.alarm
        ? {say: 'rehearsed', values: {cell: seen.cell.name, n: rows}}
        : {say: 'mismatches', values: {cell: seen.cell.name, n}},
    ]
  })
  if (facts.some(({say}) => say === 'rehearsed')) return {id, done: true, facts}
  const differs = (): Item => ({
    id,
    done: false,
    facts,
    lack: 'differs',
    next: {do: 'show', cell: rehearsals[0]!.cell.id},
  })
  if (facts.length > 0) return differs()
  let last = all.findLast(({cell}) => cell.kind === 'evaluate')
  if (!last) return {id, done: false, facts, lack: 'evaluate'}
  for (const kind of chain) {
    const found = all.findLast(({cell}) => cell.kind === kind)
    if (!found) return adds(id, kind, kind, last, kind === 'register' ? named(name) : undefined)
    last = found
  }
  return open(id, rehearsals, facts) ?? differs()
}

const isBundle = (result: CellResult | undefined) =>
  result?.value.type === 'bundle' && result.value.golden.mismatches === 0

/** A name of the registry made of the project's. */
const named = (project: string) => {
  const plain = project.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return `name: ${plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'model'}\n`
}

function reflection({order, blocks}: Subject): Item {
  const id = 'reflection'
  const {block, words} = reflectionOf(order.flatMap(id => blocks[id] ?? []))
  const facts: Fact[] = words > 0 ? [{say: 'words', values: {n: words, least: fewestWords}}] : []
  if (words >= fewestWords) return {id, done: true, facts}
  const next: Next = {do: 'write', ...(block !== undefined && {block})}
  return {id, done: false, facts, lack: 'reflection', next}
}

/** What is there and did not come to its end: it is to be run, or mended. */
function open(id: ItemId, mine: readonly Seen[], facts: Fact[]): Item | undefined {
  const waiting = mine.filter(({result}) => !result)
  const stale = waiting.find(({failed}) => !failed)
  if (stale) return {id, done: false, facts, lack: 'run', next: {do: 'run', cell: stale.cell.id}}
  const [failed] = waiting
  if (!failed) return undefined
  return {id, done: false, facts, lack: 'mend', next: {do: 'show', cell: failed.cell.id}}
}

function adds(
  id: ItemId,
  lack: Lack,
  kind: string,
  {cell}: Seen,
  body?: string,
  facts: Fact[] = [],
): Item {
  const next: Next = {do: 'insert', kind, after: cell.id, ...(body !== undefined && {body})}
  return {id, done: false, facts, lack, next}
}
