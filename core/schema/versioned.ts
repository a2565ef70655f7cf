// Records that outlive the program that wrote them: a version in each, and numbered steps to the present.
import type {z} from 'zod'
import {AppError} from '../error.ts'
import {type Phrase, says} from '../words/says.ts'

type Plain = Record<string, unknown>

/** How one kind of record is read back. `migrations[n]` turns version n into n + 1. */
export type Versioned<T> = {
  /** What the record is, for messages: `run`, `model card`. */
  name: Phrase
  version: number
  schema: z.ZodType<T>
  migrations?: Record<number, (old: Plain) => Plain>
}

/**
 * A parsed JSON value as a record of the present version. Throws `too-new` when a newer Bancada wrote it
 * and `damaged` when it does not fit; `where` is the file it came from.
 */
export function readVersioned<T>(kind: Versioned<T>, value: unknown, where?: string): T {
  const {name, version, schema, migrations = {}} = kind
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError('damaged', says`this ${name} is not an object`, {where})
  let record = value as Plain
  const written = record.version
  if (typeof written !== 'number' || !Number.isInteger(written) || written < 1)
    throw new AppError(
      'damaged',
      says`this ${name} has no version but ${JSON.stringify(written)}`,
      {
        where,
      },
    )
  if (written > version)
    throw new AppError('too-new', says`this ${name} is of version ${written}`, {
      hint: says`this Bancada knows up to version ${version}; update it to see this ${name}`,
      where,
    })
  for (let from = written; from < version; from++)
    record = {...migrations[from]!(record), version: from + 1}
  const parsed = schema.safeParse(record)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw new AppError('damaged', says`this ${name} does not fit: ${issue.message}`, {
    where: [where, issue.path.join('.')].filter(Boolean).join(': ') || undefined,
  })
}
