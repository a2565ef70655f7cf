// The model registry: versions, stages, approvals. Every change is an event in the model's log.
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {isDeepStrictEqual} from 'node:util'
import {AppError, didYouMean, type Fault, messageOf, toFault} from '../error.ts'
import {onDisk} from '../files.ts'
import {type Card, cardRecord} from '../schema/card.ts'
import {json} from '../schema/figure.ts'
import type {Signature} from '../schema/model.ts'
import type {
  CardText,
  Happening,
  ModelVersion,
  Person,
  RegisteredModel,
  RegistryEvent,
} from '../schema/registry.ts'
import {type Metric, type Report, reportSchema} from '../schema/report.ts'
import type {Stage} from '../schema/value.ts'
import {readVersioned} from '../schema/versioned.ts'
import {says} from '../words/says.ts'
import {asRegistered} from './card.ts'
import {fold} from './fold.ts'
import {damage, type Files, keep, keepBeside} from './keep.ts'
import {type Draft, Log} from './log.ts'
import {checkModelName} from './name.ts'
import {checkApproval, defaultPolicy, type Policy} from './policy.ts'

/** What makes a version. */
export type Registration = {
  name: string
  /** The run that trained it. */
  run: string
  document: string
  cell: string
  /** The model kind, such as `mlp`. */
  kind: string
  /** Hash of the training rows. */
  data: string
  lineage: Record<string, string>
  signature: Signature
  /** By name: `model.onnx` and whatever else the version needs; a path, or the bytes. */
  files: Files
  metrics: readonly Metric[]
  report?: Report
  /** The first card; see `firstCard`. */
  card?: Card
  why?: string
}

export type Registered = {version: ModelVersion; created: boolean}

export type RegistryOptions = {
  who: () => Promise<Person>
  now?: () => number
  policy?: Policy
}

/** Anything that a person decides may come with the reason. */
export type Reason = {why?: string | undefined}

/** A model of the list; one whose log cannot be trusted is listed with the fault, up to where it can. */
export type Listed = RegisteredModel & {fault?: Fault}

/** `.bancada/models`: one folder a model, with `log/` and `versions/<digest>/`. */
export class Registry {
  readonly folder: string
  readonly #who: () => Promise<Person>
  readonly #now: () => number
  readonly #policy: Policy

  constructor(folder: string, {who, now = Date.now, policy = defaultPolicy}: RegistryOptions) {
    this.folder = folder
    this.#who = who
    this.#now = now
    this.#policy = policy
  }

  /**
   * Makes a version of files and evidence. The same files again are the same version: it is given back as it
   * is, or with new figures when the evaluation differs.
   */
  async register(spec: Registration): Promise<Registered> {
    const {name, run, document, cell, kind, data, lineage} = spec
    checkModelName(name, await this.#names())
    const versions = join(this.folder, name, 'versions')
    const signature = Buffer.from(`${json(spec.signature, 1)}\n`)
    const {digest, files} = await keep(versions, {...spec.files, 'signature.json': signature})
    const known = fold(name, await this.#log(name).read())
    const twin = known.versions.find(v => v.digest === digest)
    if (twin && sameFigures(twin.metrics, spec.metrics)) return {version: twin, created: false}

    const beside = (what: string, value: unknown) =>
      value === undefined ? undefined : keepBeside(join(versions, digest), what, value)
    const evidence = {
      metrics: [...spec.metrics],
      report: await beside('report', spec.report),
      card: await beside('card', spec.card),
    }
    let created = false
    const model = await this.#append(name, spec.why, now => {
      // Asked again when another process was first, which may have registered the same.
      const present = now.versions.find(v => v.digest === digest)
      created = !present
      if (present)
        return sameFigures(present.metrics, spec.metrics)
          ? undefined
          : {type: 'evaluated', model: present.version, run, ...evidence}
      const version = now.versions.length + 1
      const facts = {digest, run, document, cell, kind, data, lineage, files}
      return {type: 'registered', model: version, ...facts, ...evidence}
    })
    return {version: model.versions.find(v => v.digest === digest)!, created}
  }

  /**
   * The version of this number, if these very cells made it, it has these figures and its files are whole:
   * to register it again would change nothing.
   */
  async standing(
    name: string,
    number: number,
    {lineage, metrics}: Pick<Registration, 'lineage' | 'metrics'>,
  ): Promise<ModelVersion | undefined> {
    const found = fold(name, await this.#log(name).read()).versions.find(v => v.version === number)
    const same =
      found && isDeepStrictEqual(found.lineage, lineage) && sameFigures(found.metrics, metrics)
    if (!same) return undefined
    return (await damage(this.#place(name, found.digest), found.files)) ? undefined : found
  }

  /** All models by name. */
  async list(): Promise<Listed[]> {
    return Promise.all(
      (await this.#names()).map(async name => {
        const {events, damage} = await this.#log(name).audit()
        const model = fold(name, events)
        return damage ? {...model, fault: toFault(damage.error)} : model
      }),
    )
  }

  /** One model. Throws `unknown-name`, and `damaged` when its log was edited. */
  async get(name: string): Promise<RegisteredModel> {
    await this.#known(name)
    return fold(name, await this.#log(name).read())
  }

  /** One version: by number, or the one in a stage, or else the latest. */
  async version(name: string, which?: number | Stage): Promise<ModelVersion> {
    return pick(await this.get(name), which)
  }

  /** Every event of a model, oldest first, and what is wrong with the log where something is. */
  async audit(name: string): Promise<{events: RegistryEvent[]; fault?: Fault}> {
    await this.#known(name)
    const {events, damage} = await this.#log(name).audit()
    return damage ? {events, fault: toFault(damage.error)} : {events}
  }

  /** The folder of a version's files. Throws `damaged` when one is missing or not what was registered. */
  async open({model, digest, version, files}: ModelVersion): Promise<string> {
    const folder = this.#place(model, digest)
    const broken = await damage(folder, files)
    if (broken)
      throw new AppError(
        'damaged',
        says`"${broken}" of ${model} version ${version} was changed or lost`,
        {
          where: join(folder, broken),
          hint: says`run the document again: registering the same model mends its files`,
        },
      )
    return folder
  }

  /**
   * Moves a version to a stage; the version that was in production is archived by a new one. Throws
   * `refused` when approvals are missing, unless `override` is set and `why` tells why.
   */
  async setStage(
    name: string,
    version: number,
    to: Stage,
    {why, override}: Reason & {override?: boolean} = {},
  ): Promise<ModelVersion> {
    if (override && !why?.trim())
      throw new AppError('refused', says`an override needs a reason`, {
        hint: says`say why; it is kept in the audit log`,
      })
    return this.#change(name, version, why, (found, {production}) => {
      if (found.stage === to) return undefined
      if (to !== 'production') return {type: 'stage-changed', model: version, to}
      if (!override) checkApproval(found, this.#policy)
      return {type: 'stage-changed', model: version, to, archives: production, override}
    })
  }

  approve(name: string, version: number, {why}: Reason = {}): Promise<ModelVersion> {
    return this.#change(name, version, why, () => ({type: 'approved', model: version}))
  }

  reject(name: string, version: number, {why}: Reason = {}): Promise<ModelVersion> {
    return this.#change(name, version, why, () => ({type: 'rejected', model: version}))
  }

  /** Writes texts of the version's card, each an event of its own; one that stands there already is none. */
  async describe(
    name: string,
    version: number,
    texts: Partial<Record<CardText, string>>,
  ): Promise<ModelVersion> {
    for (const [section, text] of Object.entries(texts) as [CardText, string][])
      await this.#change(name, version, undefined, found =>
        found.texts[section] === text
          ? undefined
          : {type: 'described', model: version, section, text},
      )
    return this.version(name, version)
  }

  /** Back to the version that was in production before this one, or to another that once was. */
  async rollBack(name: string, {to, why}: Reason & {to?: number} = {}): Promise<ModelVersion> {
    await this.#known(name)
    const after = await this.#append(name, why, model => {
      const from = model.production
      if (from === undefined)
        throw new AppError('refused', says`no version of ${name} is in production`)
      const served = [...new Set(model.served)].filter(v => v !== from)
      const target = to ?? model.trail.findLast(v => v !== from)
      if (target === undefined || !served.includes(target))
        throw new AppError(
          'refused',
          target === undefined
            ? says`${name} had no other version in production before version ${from}`
            : says`${name} version ${target} is not one that production left`,
          {hint: served.length ? says`these were in production: ${served.join(', ')}` : undefined},
        )
      return {type: 'rolled-back', model: target, from}
    })
    return pick(after, 'production')
  }

  /** The version's card, with what people wrote for it since; nothing when it was registered without one. */
  async card(version: ModelVersion): Promise<Card | undefined> {
    if (version.card === undefined) return undefined
    const file = join(this.#place(version.model, version.digest), version.card)
    return asRegistered(readVersioned(cardRecord, await readJson(file), file), version)
  }

  /** The report it was registered with. */
  async report({model, digest, report}: ModelVersion): Promise<Report | undefined> {
    if (report === undefined) return undefined
    const file = join(this.#place(model, digest), report)
    const read = reportSchema.safeParse(await readJson(file))
    if (read.success) return read.data
    throw new AppError('damaged', says`this report does not fit`, {where: file, cause: read.error})
  }

  async #change(
    name: string,
    version: number,
    why: string | undefined,
    decide: (found: ModelVersion, model: RegisteredModel) => Happening | undefined,
  ): Promise<ModelVersion> {
    await this.#known(name)
    const after = await this.#append(name, why, model => decide(pick(model, version), model))
    return pick(after, version)
  }

  async #append(
    name: string,
    why: string | undefined,
    decide: (model: RegisteredModel) => Happening | undefined,
  ): Promise<RegisteredModel> {
    const by = await this.#who()
    const at = () => new Date(this.#now()).toISOString()
    const draft = (events: RegistryEvent[]): Draft | undefined => {
      const happening = decide(fold(name, events))
      return happening && {...happening, ...(why === undefined ? {} : {why})}
    }
    return fold(name, await this.#log(name).append(draft, {at, by}))
  }

  #log = (name: string) => new Log(join(this.folder, name, 'log'))
  #place = (name: string, digest: string) => join(this.folder, name, 'versions', digest)

  async #names(): Promise<string[]> {
    const entries = await onDisk(this.folder, () => readdir(this.folder)).catch(error => {
      if (error instanceof AppError && error.code === 'missing-file') return []
      throw error
    })
    return entries.filter(entry => !entry.startsWith('.')).sort()
  }

  async #known(name: string) {
    const names = await this.#names()
    if (!names.includes(name))
      throw new AppError('unknown-name', says`no model "${name}"`, {hint: didYouMean(name, names)})
  }
}

/** One version of a model: by number, the newest of a stage, or the newest of all. */
export function pick(model: RegisteredModel, which?: number | Stage): ModelVersion {
  const found = model.versions.findLast(
    v => which === undefined || v.version === which || v.stage === which,
  )
  if (found) return found
  const last = model.versions.at(-1)
  throw new AppError(
    'unknown-name',
    which === undefined
      ? says`${model.name} has no version`
      : typeof which === 'number'
        ? says`${model.name} has no version ${which}`
        : says`${model.name} has no version in stage "${which}"`,
    {hint: last && says`it has versions 1 to ${last.version}`},
  )
}

// As JSON, where NaN equals NaN.
const sameFigures = (a: readonly Metric[], b: readonly Metric[]) => figures(a) === figures(b)
const figures = (metrics: readonly Metric[]) =>
  json(metrics.map(({name, value, low, high, better}) => [name, value, low, high, better]))

async function readJson(file: string): Promise<unknown> {
  const text = await onDisk(file, () => readFile(file, 'utf8'))
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('damaged', says`not JSON: ${messageOf(error)}`, {where: file})
  }
}
