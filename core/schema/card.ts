// A model card as data: every figure with the evidence that it rests on.
import {z} from 'zod'
import {says} from '../words/says.ts'
import {figure} from './figure.ts'
import {cardTexts} from './registry.ts'
import {told} from './said.ts'
import type {Versioned} from './versioned.ts'

export const cardVersion = 1

/** What a figure was taken from. It is stale when any of these is not what it was. */
const evidence = z.object({
  run: z.string().optional(),
  /** Hash of the training rows. */
  data: z.string().optional(),
})
export type Evidence = z.infer<typeof evidence>

/** Why a figure can no longer be relied on. */
export const staleReasons = ['data-changed', 'run-removed', 'figure-changed'] as const
export type Stale = (typeof staleReasons)[number]

const fact = z.object({
  name: z.string(),
  value: figure,
  low: figure.optional(),
  high: figure.optional(),
  evidence,
})
export type Fact = z.infer<typeof fact>

const text = z.string()

export const cardSchema = z.object({
  version: z.literal(cardVersion),
  created: z.iso.datetime(),
  overview: z.object({
    name: text,
    /** The number of the version; the registry fills it in. */
    number: z.number().int().positive().optional(),
    kind: text,
    task: z.enum(['classification', 'regression', 'clustering']),
    target: text.optional(),
    classes: z.array(text).optional(),
    owners: z.array(text),
  }),
  /** What people write: the description, intended use, limitations. */
  texts: z.partialRecord(z.enum(cardTexts), text),
  data: z.object({
    /** Hash of the training rows. */
    hash: text,
    /** The cells that the rows came through, with their hashes. */
    lineage: z.record(text, text),
    /** What a request holds: raw columns. */
    inputs: z.array(z.object({name: text, type: text})),
    /** Rows in each part. */
    rows: z.array(fact),
  }),
  training: z.object({
    run: text,
    document: text,
    cell: text,
    engine: text.optional(),
    seed: z.number(),
    params: z.record(text, z.unknown()),
    /** Versions of Bancada, Node and the packages that compute. */
    software: z.record(text, text),
    figures: z.array(fact),
  }),
  evaluation: z.object({title: told.optional(), figures: z.array(fact)}),
  /** What the program itself noticed: warnings of the training and of the evaluation. */
  caveats: z.array(told),
})
export type Card = z.infer<typeof cardSchema>

export const cardRecord: Versioned<Card> = {
  name: says`model card`,
  version: cardVersion,
  schema: cardSchema,
}
