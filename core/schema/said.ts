// Sentences in records.
import {z} from 'zod'
import type {Said, Told} from '../words/says.ts'

export const said: z.ZodType<Said> = z.lazy(() =>
  z.tuple([z.string()], z.union([z.string(), z.number(), said])),
)
/** Plain text in records of before sentences and values were kept apart. */
export const told: z.ZodType<Told> = z.union([z.string(), said])
