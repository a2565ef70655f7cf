// What the training rows looked like, feature by feature: what later traffic is compared with.
import {z} from 'zod'
import {says} from '../words/says.ts'
import type {Versioned} from './versioned.ts'

const count = z.number().int().nonnegative()
const common = {name: z.string(), n: count, missing: count}

/**
 * Numbers counted in bins: bin i holds values in (edges[i-1], edges[i]], the first all below, the last all above.
 * `discrete`: each edge is one of the few values that there are.
 */
const spread = z.object({
  edges: z.array(z.number()),
  counts: z.array(count),
  discrete: z.boolean(),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
})

/** Dates are microseconds since 1970. */
const numeric = z.object({kind: z.enum(['number', 'date']), ...common, ...spread.shape})

/**
 * What people wrote, or what names one of them: no value of it is kept, only how long the values are. A blank one
 * counts as missing. Words are what stands between spaces.
 */
const text = z.object({
  kind: z.literal('text'),
  ...common,
  characters: spread,
  words: spread,
})

/** Categories and how often each stood; `rest`: those beyond the most frequent, together. */
const categorical = z.object({
  kind: z.enum(['category', 'boolean']),
  ...common,
  values: z.array(z.string()),
  counts: z.array(count),
  rest: z.object({categories: count, count}),
  /** How many categories stood exactly once: tells how many unseen ones to expect. */
  singletons: count,
})

export const featureBaseline = z.discriminatedUnion('kind', [numeric, categorical, text])
export type FeatureBaseline = z.infer<typeof featureBaseline>
export type NumericBaseline = z.infer<typeof numeric>
export type CategoricalBaseline = z.infer<typeof categorical>
export type TextBaseline = z.infer<typeof text>
export type Spread = z.infer<typeof spread>

/** `baseline.json`. `rows`: of training rows. `prediction`: what the model answered on rows like them. */
export const baselineSchema = z.object({
  version: z.literal(2),
  rows: count,
  features: z.array(featureBaseline),
  prediction: featureBaseline.optional(),
})
export type Baseline = z.infer<typeof baselineSchema>

export const baselineRecord: Versioned<Baseline> = {
  name: says`baseline`,
  version: 2,
  schema: baselineSchema,
  // Version 1 kept texts as categories; those are compared as such.
  migrations: {1: old => old},
}
