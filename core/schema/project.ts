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
})
export type Manifest = z.infer<typeof manifestSchema>
