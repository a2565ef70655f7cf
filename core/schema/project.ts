// The manifest of a project, `bancada.json`: what it is for and who answers for it.
import {z} from 'zod'

export const projectVersion = 1

/** `bancada.json`. Keys that this version does not know are kept. */
export const manifestSchema = z.looseObject({
  version: z.number().int().positive().default(projectVersion),
  name: z.string().min(1),
  /** The business problem, in a sentence or two. */
  problem: z.string().optional(),
  /** What success is measured by, and from which value on it counts as one. */
  success: z.object({metric: z.string(), threshold: z.number()}).optional(),
  owners: z.array(z.string()).default([]),
  /** Which guide stands beside the documents; one that this version does not know is none. */
  guide: z.string().optional(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** What is to change of it; `null` takes a field out. */
export const manifestChange = z.strictObject({
  name: z.string().trim().min(1).optional(),
  problem: z.string().nullable().optional(),
  success: z
    .strictObject({metric: z.string().min(1), threshold: z.number()})
    .nullable()
    .optional(),
  owners: z.array(z.string()).optional(),
  guide: z.string().nullable().optional(),
})
export type ManifestChange = z.output<typeof manifestChange>
