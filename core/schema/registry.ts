// The registry as data: the events of a model's log, and what they add up to.
import {z} from 'zod'
import {says} from '../words/says.ts'
import {metricSchema} from './report.ts'
import {artifactSchema} from './run.ts'
import {type Stage, stages} from './value.ts'
import type {Versioned} from './versioned.ts'

export const eventVersion = 1

const person = z.object({name: z.string(), email: z.string().optional()})
/** Who did something, as git or the system knows them. */
export type Person = z.infer<typeof person>

/** Sections of a card that people write themselves. */
export const cardTexts = [
  'description',
  'purpose',
  'intended-uses',
  'out-of-scope',
  'limitations',
  'ethics',
] as const
export type CardText = (typeof cardTexts)[number]

const number = z.number().int().positive()

/** What an evaluation left with a version: its figures, and the files beside them. */
const evidence = {
  metrics: z.array(metricSchema),
  /** Paths below the version's folder. */
  report: z.string().optional(),
  card: z.string().optional(),
}

const happenings = [
  z.object({
    type: z.literal('registered'),
    model: number,
    /** sha256 over the files and the signature: what makes two versions the same. */
    digest: z.string(),
    run: z.string(),
    document: z.string(),
    cell: z.string(),
    kind: z.string(),
    /** Hash of the training rows. */
    data: z.string(),
    lineage: z.record(z.string(), z.string()),
    files: z.array(artifactSchema),
    ...evidence,
  }),
  z.object({type: z.literal('evaluated'), model: number, run: z.string(), ...evidence}),
  z.object({
    type: z.literal('stage-changed'),
    model: number,
    to: z.enum(stages),
    /** The version that left production for this one. */
    archives: number.optional(),
    /** True where the approval policy was set aside; `why` then tells why. */
    override: z.boolean().optional(),
  }),
  z.object({type: z.literal('approved'), model: number}),
  z.object({type: z.literal('rejected'), model: number}),
  z.object({
    type: z.literal('described'),
    model: number,
    section: z.enum(cardTexts),
    text: z.string(),
  }),
  z.object({type: z.literal('rolled-back'), model: number, from: number}),
] as const

/** In every event beside what happened. `model` above is the number of the version it is about. */
const frame = z.object({
  version: z.literal(eventVersion),
  /** Its place in the log, from 1. */
  seq: number,
  at: z.iso.datetime(),
  by: person,
  why: z.string().optional(),
  /** The hash of the event before it; empty for the first. */
  previous: z.string(),
  /** sha256 of this event without this field. */
  hash: z.string(),
})

const happening = z.discriminatedUnion('type', happenings)
export type Happening = z.infer<typeof happening>
export const eventSchema = z.intersection(frame, happening)
export type RegistryEvent = z.infer<typeof eventSchema>

export const eventRecord: Versioned<RegistryEvent> = {
  name: says`registry event`,
  version: eventVersion,
  schema: eventSchema,
}

type Mark = {at: string; by: Person; why?: string}
export type Verdict = Mark & {approved: boolean}

/** A version as the events leave it. */
export type ModelVersion = {
  model: string
  version: number
  stage: Stage
  digest: string
  registered: Mark
  run: string
  document: string
  cell: string
  kind: string
  data: string
  lineage: Record<string, string>
  files: z.infer<typeof artifactSchema>[]
  metrics: z.infer<typeof metricSchema>[]
  report?: string
  card?: string
  /** The latest verdict of each person. */
  verdicts: Verdict[]
  /** What people wrote for its card. */
  texts: Partial<Record<CardText, string>>
}

export type RegisteredModel = {
  name: string
  /** Oldest first. */
  versions: ModelVersion[]
  /** The version in production. */
  production?: number
  /** Versions that were in production, oldest first, each as often as it was. */
  served: number[]
  /** The way to the present production: what rolling back goes back along. */
  trail: number[]
}
