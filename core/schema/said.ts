// Sentences as records keep them.
import {z} from 'zod'
import type {Said, Told} from '../words/says.ts'

/** A sentence with its values apart, as it is kept and as it travels. */
export const saidSchema: z.ZodType<Said> = z.lazy(() =>
  z.tuple([z.string()], z.union([z.string(), z.number(), saidSchema])),
)

/** Plain text in records of before sentences and values were kept apart. */
export const told: z.ZodType<Told> = z.union([z.string(), saidSchema])
