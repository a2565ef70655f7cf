// What was said while a run trained, line by line.
import {z} from 'zod'
import type {Phrase, Said} from '../words/says.ts'
import {saidSchema} from './said.ts'

export const logSources = ['bancada', 'stdout', 'stderr'] as const
export const logLevels = ['info', 'warning', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** A line of `log.ndjson`. */
export const logLineSchema = z.object({
  at: z.iso.datetime(),
  /** Bancada itself, or what the training process wrote to one of its streams. */
  from: z.enum(logSources),
  level: z.enum(logLevels),
  text: z.string(),
  /** The text with its values apart, for who reads another language than English. */
  said: saidSchema.optional(),
})
export type LogLine = z.infer<typeof logLineSchema>

/** Tells something of a training that goes on. */
export type Note = (what: Phrase | string, level?: LogLevel) => void

/** A line of Bancada's own. `at`: milliseconds since 1970. */
export function ownLine(what: Phrase | string, level: LogLevel, at: number): LogLine {
  const said: Said | undefined = typeof what === 'string' ? undefined : what.said
  return {
    at: new Date(at).toISOString(),
    from: 'bancada',
    level,
    text: String(what),
    ...(said && {said}),
  }
}
