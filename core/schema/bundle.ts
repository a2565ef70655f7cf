// The files of a bundle as data: what its server, a publish target or another program reads.
import {z} from 'zod'
import {bundleFormat} from './bundle-format.ts'
import {columnKinds} from './table.ts'

const column = z.object({
  name: z.string(),
  type: z.string(),
  kind: z.enum(columnKinds),
})

/** `signature.json`: what the served model takes and gives. */
export const bundleSignature = z.object({
  format: z.literal(bundleFormat),
  name: z.string(),
  version: z.number().int().positive(),
  task: z.enum(['classification', 'regression', 'clustering']),
  /** The columns that each row of a request must have; a value may be null. */
  inputs: z.array(column),
  /** Columns of the training rows that nothing needs: a request may carry them. */
  ignores: z.array(z.string()),
  /** What the graph takes, in the order of its inputs. Differs from `inputs` where `prepare.sql` runs first. */
  graph: z.array(column),
  /** Labels in the order of `probabilities`. */
  classes: z.array(z.string()).optional(),
  target: z.string().optional(),
})
export type BundleSignature = z.infer<typeof bundleSignature>

/** A line of `golden.jsonl`: a request row, and what the app answered. */
export const goldenRow = z.object({
  input: z.record(z.string(), z.unknown()),
  answer: z.union([
    z.object({prediction: z.string(), probabilities: z.record(z.string(), z.number())}),
    z.object({prediction: z.number().or(z.enum(['Infinity', '-Infinity']))}),
    z.object({cluster: z.number().int(), distance: z.number().or(z.literal('Infinity'))}),
    z.object({prediction: z.null()}),
  ]),
})
export type GoldenRow = z.infer<typeof goldenRow>

/** The files that a bundle may hold. Everything but `prepare.sql` is always there. */
export const bundleFiles = [
  'model.onnx',
  'signature.json',
  'prepare.sql',
  'baseline.json',
  'golden.jsonl',
  'card.md',
  'card.json',
  'server.mjs',
  'package.json',
  'Dockerfile',
  'openapi.json',
] as const
export type BundleFile = (typeof bundleFiles)[number]
