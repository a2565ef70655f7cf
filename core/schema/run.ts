// A run: one training, as it is kept in its folder and as it is shown.
import {z} from 'zod'
import {codes, type Fault} from '../error.ts'
import {figure} from './figure.ts'
import {type Metric, metricSchema} from './report.ts'
import {saidSchema} from './said.ts'
import type {Versioned} from './versioned.ts'

export const runVersion = 1

const time = z.iso.datetime()
const figures = z.record(z.string(), figure)

/** Which process writes the run, so that others can tell whether it still lives. */
export const processSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** When that process began, in whatever form the system tells it; empty where it does not. */
  started: z.string(),
})
export type ProcessMark = z.infer<typeof processSchema>

const fault = z.object({
  code: z.enum(codes),
  message: z.string(),
  hint: z.string().optional(),
  where: z.string().optional(),
  said: z.object({message: saidSchema.optional(), hint: saidSchema.optional()}).optional(),
  run: z.string().optional(),
}) satisfies z.ZodType<Fault>

const status = z.discriminatedUnion('state', [
  z.object({state: z.literal('running'), process: processSchema}),
  z.object({state: z.literal('finished'), ended: time}),
  z.object({state: z.literal('failed'), ended: time, fault}),
  z.object({state: z.literal('cancelled'), ended: time}),
])

/** `crashed` is never written: it is what a running run becomes when its process is gone. */
export type Status = z.infer<typeof status> | {state: 'crashed'; process: ProcessMark}
export type RunState = Status['state']

export const artifactSchema = z.object({
  /** The path below the run's `artifacts` folder, with forward slashes. */
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
})
export type Artifact = z.infer<typeof artifactSchema>

export const environmentSchema = z.object({
  bancada: z.string(),
  node: z.string(),
  /** Such as `linux-x64`. */
  platform: z.string(),
  cpu: z.string(),
  cores: z.number().int(),
  /** Bytes of memory in the machine. */
  memory: z.number(),
  /** Versions of the packages that compute. */
  packages: z.record(z.string(), z.string()),
})
export type Environment = z.infer<typeof environmentSchema>

/** What one figure of the learning curve did; the points themselves are in `metrics.ndjson`. */
export const curveSchema = z.object({
  last: figure,
  /** Least and greatest of the finite points; absent when there was none. */
  min: z.number().optional(),
  max: z.number().optional(),
  points: z.number().int(),
})
export type CurveSummary = z.infer<typeof curveSchema>

/** What is known when a run begins. */
export const runSpecSchema = z.object({
  /** The document, as a path relative to the project. */
  document: z.string(),
  cell: z.string(),
  /** The model kind, such as `mlp`. */
  kind: z.string(),
  params: z.record(z.string(), z.unknown()),
  seed: z.number(),
  task: z.enum(['classification', 'regression', 'clustering']),
  target: z.string().optional(),
  /** How many features go in. */
  features: z.number().int().nonnegative(),
  /** Hash of the rows it learns from. */
  data: z.string(),
  /** Hash of the model cell itself: its kind, version and parameters. */
  code: z.string(),
  /** Every cell it depends on, with that cell's hash. */
  lineage: z.record(z.string(), z.string()),
})
export type RunSpec = z.infer<typeof runSpecSchema>

/** `run.json`: written by the run's own process alone. */
export const runFileSchema = runSpecSchema.extend({
  version: z.literal(runVersion),
  id: z.string(),
  created: time,
  environment: environmentSchema,
  /** Which engine trained it and why; known when it has ended. */
  engine: z.string().optional(),
  status,
  curves: z.record(z.string(), curveSchema),
  /** Figures of the fit, and the last value of each curve. */
  metrics: figures,
  artifacts: z.array(artifactSchema),
  warnings: z.array(z.string()),
})
export type RunFile = z.infer<typeof runFileSchema>

export const runRecord: Versioned<RunFile> = {
  name: 'run',
  version: runVersion,
  schema: runFileSchema,
}

/** One point of the learning curve. `seconds` since the run began. */
export const pointSchema = z.object({epoch: z.number(), seconds: z.number(), metrics: figures})
export type Point = z.infer<typeof pointSchema>

/** A line of `changes.ndjson`: what any process may say about a run after it began. */
export const changeSchema = z.object({
  at: time,
  notes: z.string().optional(),
  tags: z.array(z.string()).optional(),
  star: z.boolean().optional(),
  archived: z.boolean().optional(),
  evaluation: z
    .object({
      /** Who evaluated: the cell's name. A later evaluation by the same replaces this one. */
      by: z.string(),
      metrics: z.array(metricSchema),
      /** The whole report, as a path below the run's folder. */
      report: z
        .string()
        .regex(/^evaluations\/[0-9a-f]+\.json$/)
        .optional(),
    })
    .optional(),
  /** What its model leans on, as a path below the run's folder; a later one replaces it. */
  explanation: z
    .string()
    .regex(/^explanations\/[0-9a-f]+\.json$/)
    .optional(),
})
export type Change = z.infer<typeof changeSchema>

/** A run as it is shown: its file, and everything that was said about it since. */
export type Run = Omit<RunFile, 'status'> & {
  status: Status
  notes: string
  tags: string[]
  star: boolean
  archived: boolean
  /** By the cell that evaluated. Their values stand in `metrics` too. */
  evaluations: Record<string, Metric[]>
  /** By the cell that evaluated: where its whole report is kept, below the run's folder. */
  reports: Record<string, string>
  /** Where what its model leans on is kept, below the run's folder. */
  explanation?: string | undefined
}
