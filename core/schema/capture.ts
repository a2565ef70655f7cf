// Captured traffic, in the format of Amazon SageMaker's data capture: one record a line.
import {z} from 'zod'

const side = z.object({
  observedContentType: z.string(),
  mode: z.enum(['INPUT', 'OUTPUT']),
  data: z.string(),
  encoding: z.enum(['CSV', 'JSON', 'BASE64']),
})

/** One request and its answer. `eventVersion` "0" is the only one there is. */
export const captureRecord = z.object({
  captureData: z.object({endpointInput: side.optional(), endpointOutput: side.optional()}),
  eventMetadata: z.object({
    eventId: z.string(),
    /** The caller's own id of the request: labels that arrive later are joined by it. */
    inferenceId: z.string().optional(),
    /** ISO 8601, UTC. */
    inferenceTime: z.string(),
  }),
  eventVersion: z.literal('0'),
})
export type CaptureRecord = z.infer<typeof captureRecord>
