// What a model's events add up to. Pure: the same events always give the same model.
import type {ModelVersion, Person, RegisteredModel, RegistryEvent} from '../schema/registry.ts'
import type {Stage} from '../schema/value.ts'

export function fold(name: string, events: readonly RegistryEvent[]): RegisteredModel {
  return events.reduce(apply, {name, versions: [], served: [], trail: []})
}

function apply(model: RegisteredModel, event: RegistryEvent): RegisteredModel {
  switch (event.type) {
    case 'registered': {
      const {model: version, digest, run, document, cell, kind, data, lineage, files} = event
      const {metrics, report, card} = event
      const facts = {digest, run, document, cell, kind, data, lineage, files, metrics, report, card}
      const made: ModelVersion = {
        model: model.name,
        version,
        stage: 'none',
        registered: mark(event),
        ...facts,
        verdicts: [],
        texts: {},
      }
      return {...model, versions: [...model.versions, made]}
    }
    case 'evaluated': {
      const {run, metrics, report, card} = event
      return change(model, event.model, v => ({
        ...v,
        run,
        metrics,
        report: report ?? v.report,
        card: card ?? v.card,
      }))
    }
    case 'stage-changed':
      return moved(model, event.model, event.to)
    case 'rolled-back':
      return rolledBack(model, event.model)
    case 'approved':
    case 'rejected': {
      const verdict = {...mark(event), approved: event.type === 'approved'}
      return change(model, event.model, v => ({
        ...v,
        verdicts: [...v.verdicts.filter(old => !same(old.by, event.by)), verdict],
      }))
    }
    case 'described':
      return change(model, event.model, v => ({
        ...v,
        texts: {...v.texts, [event.section]: event.text},
      }))
  }
}

const mark = ({at, by, why}: RegistryEvent) => ({at, by, ...(why === undefined ? {} : {why})})

/** One person, by e-mail where both have one. */
export const same = (a: Person, b: Person) =>
  a.email && b.email ? a.email === b.email : a.name === b.name

const change = (
  model: RegisteredModel,
  version: number,
  how: (v: ModelVersion) => ModelVersion,
): RegisteredModel => ({
  ...model,
  versions: model.versions.map(v => (v.version === version ? how(v) : v)),
})

// One version at most is in production: the one that was there is archived by the same event.
function moved(model: RegisteredModel, version: number, to: Stage): RegisteredModel {
  const leaves = (v: ModelVersion) => to === 'production' && v.stage === 'production'
  const staged = (v: ModelVersion): Stage =>
    v.version === version ? to : leaves(v) ? 'archived' : v.stage
  const versions = model.versions.map(v => ({...v, stage: staged(v)}))
  const production = versions.find(v => v.stage === 'production')?.version
  const arrived = to === 'production' ? [version] : []
  return {
    name: model.name,
    versions,
    production,
    served: [...model.served, ...arrived],
    trail: [...model.trail, ...arrived],
  }
}

// The trail is cut where it was before, so that rolling back twice goes two versions back, not to and fro.
function rolledBack(model: RegisteredModel, version: number): RegisteredModel {
  const after = moved(model, version, 'production')
  const at = model.trail.lastIndexOf(version)
  return at < 0 ? after : {...after, trail: model.trail.slice(0, at + 1)}
}
