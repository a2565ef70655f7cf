// The first model card, from what is known when a version is made; and what has become of its evidence.
import type {Card, Evidence, Fact, Stale} from '../schema/card.ts'
import {cardVersion} from '../schema/card.ts'
import type {Signature} from '../schema/model.ts'
import type {ModelVersion} from '../schema/registry.ts'
import type {Metric, Report} from '../schema/report.ts'
import type {Run} from '../schema/run.ts'
import {english, type Told} from '../words/says.ts'

export type CardSpec = {
  name: string
  run: Run
  signature: Signature
  /** Rows in each part that was used, such as `{train: 233, test: 67}`. */
  rows?: Record<string, number>
  report?: Report
  project?: {problem?: string | undefined; owners?: string[]}
  /** Milliseconds since 1970. */
  now: number
}

export function firstCard({name, run, signature, rows, report, project, now}: CardSpec): Card {
  const trained = {run: run.id, data: run.data}
  const {bancada, node, packages} = run.environment
  return {
    version: cardVersion,
    created: new Date(now).toISOString(),
    overview: {
      name,
      kind: run.kind,
      task: signature.task,
      target: signature.target,
      classes: signature.classes,
      owners: project?.owners ?? [],
    },
    texts: project?.problem ? {purpose: project.problem} : {},
    data: {
      hash: run.data,
      lineage: run.lineage,
      inputs: signature.inputs.map(column => ({name: column.name, type: column.type})),
      rows: facts(rows ?? {}, {data: run.data}),
    },
    training: {
      run: run.id,
      document: run.document,
      cell: run.cell,
      engine: run.engine,
      seed: run.seed,
      params: run.params,
      software: {bancada, node, ...packages},
      figures: facts(ownFigures(run), trained),
    },
    evaluation: {
      title: report?.title,
      figures: (report?.metrics ?? []).map(metric => measured(metric, trained)),
    },
    caveats: once([...run.warnings, ...(report?.warnings ?? [])]),
  }
}

const once = (told: readonly Told[]) => [...new Map(told.map(one => [english(one), one])).values()]

// What the evaluation found stands under evaluation, not here.
function ownFigures({metrics, evaluations}: Run): Record<string, number> {
  const evaluated = new Set(Object.values(evaluations).flatMap(list => list.map(m => m.name)))
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => !evaluated.has(name)))
}

const facts = (figures: Record<string, number>, evidence: Evidence): Fact[] =>
  Object.entries(figures).map(([name, value]) => ({name, value, evidence}))

const measured = ({name, value, low, high}: Metric, evidence: Evidence): Fact => ({
  name,
  value,
  ...(low === undefined ? {} : {low}),
  ...(high === undefined ? {} : {high}),
  evidence,
})

/** The card with the version's number and what people wrote since. */
export const asRegistered = (card: Card, {version, texts}: ModelVersion): Card => ({
  ...card,
  overview: {...card.overview, number: version},
  texts: {...card.texts, ...texts},
})

/** The world as it is now, as far as a card rests on it. */
export type Now = {
  /** Figures of a run by its id; nothing when the run is gone. */
  run: (id: string) => Pick<Run, 'metrics'> | undefined
  /** Hash of the training rows as the document would make them now; left out when nobody knows. */
  data?: string
}

/** Why a figure is stale, or nothing. */
export function staleness({name, value, evidence}: Fact, now: Now): Stale | undefined {
  if (evidence.data !== undefined && now.data !== undefined && evidence.data !== now.data)
    return 'data-changed'
  if (evidence.run === undefined) return undefined
  const run = now.run(evidence.run)
  if (!run) return 'run-removed'
  const figure = run.metrics[name]
  return figure === undefined || Object.is(figure, value) ? undefined : 'figure-changed'
}

/** Every stale figure of a card. */
export const staleFigures = (card: Card, now: Now): {fact: Fact; reason: Stale}[] =>
  [...card.data.rows, ...card.training.figures, ...card.evaluation.figures].flatMap(fact => {
    const reason = staleness(fact, now)
    return reason ? [{fact, reason}] : []
  })
