import {z} from 'zod'
import type {Said} from '../words/says.ts'

/** A sentence with its values apart, as it is kept and as it travels. */
export const saidSchema: z.ZodType<Said> = z.lazy(() =>
  z.tuple([z.string()], z.union([z.string(), z.number(), saidSchema])),
)
