// The parameters of a cell against its kind's schema: checked, completed, and the columns they name found.
import {z} from 'zod'
import {AppError, didYouMean} from '../error.ts'
import type {ParamMeta} from '../schema/params.ts'
import type {Column, ColumnKind} from '../schema/table.ts'
import {kindWords} from '../words/kinds.ts'
import {listed, or, Phrase, type Said, says, verbatim} from '../words/says.ts'

/** Anything with parameters: a step, a model, a target. */
export type Kind<P> = {kind: string; params: z.ZodType<P>}

/** `protect`: columns that an omitted list must not take in. `where`: the cell, for errors. */
export type Place = {protect: readonly string[]; where: string}

/**
 * A cell's parameters as its kind wants them: defaults filled in, and an omitted list of columns made
 * every column of an accepted kind that is not protected.
 *
 * @throws AppError `bad-params` (what was given, what is accepted), `no-column`, `wrong-type`
 */
export function resolveParams<P>(
  {kind, params: schema}: Kind<P>,
  given: unknown,
  columns: readonly Column[],
  {protect, where}: Place,
): P {
  const parsed = parseParams({kind, params: schema}, given, where) as Record<string, unknown>
  for (const [name, meta] of Object.entries(fields(schema, parsed))) {
    const at = `${where}.${name}`
    if (meta.widget === 'columns')
      parsed[name] = parsed[name]
        ? named(parsed[name] as string[], columns, meta, at)
        : columns.filter(c => accepts(meta, c) && !protect.includes(c.name)).map(c => c.name)
    if (meta.widget === 'column' && parsed[name] !== undefined)
      named([parsed[name] as string], columns, meta, at)
  }
  return parsed as P
}

/** The part of `resolveParams` that needs no table: a kind's schema against what was given. */
export function parseParams<P>({kind, params}: Kind<P>, given: unknown, where: string): P {
  const result = strict(params).safeParse(given ?? {})
  if (result.success) return result.data as P
  const issues = result.error.issues.map(issue => told(issue, given ?? {}, params, kind))
  throw new AppError('bad-params', listed(issues.map(({message}) => message)), {
    hint: issues.find(i => i.hint)?.hint,
    where: issues[0]!.path.reduce<string>(
      (at, key) => (typeof key === 'number' ? `${at}[${key}]` : `${at}.${String(key)}`),
      where,
    ),
  })
}

const strictly = new WeakMap<z.ZodType, z.ZodType>()

/** The schema without other keys; made once, as it takes longer than a check. */
function strict(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject)) return schema
  const known = strictly.get(schema) ?? schema.strict()
  strictly.set(schema, known)
  return known
}

function named(names: string[], columns: readonly Column[], meta: ParamMeta, where: string) {
  for (const [i, name] of names.entries()) {
    const column = columns.find(c => c.name === name)
    if (!column)
      throw new AppError('no-column', says`no column named "${name}"`, {
        hint:
          didYouMean(
            name,
            columns.map(c => c.name),
          ) ?? says`there are ${namesOf(columns)}`,
        where,
      })
    if (names.indexOf(name) < i)
      throw new AppError('bad-params', says`column "${name}" is named twice`, {where})
    if (!accepts(meta, column))
      throw new AppError(
        'wrong-type',
        says`column "${name}" is ${kindWords[column.kind]} (${column.type}), not ${or(meta.accepts!.map(k => kindWords[k]))}`,
        {hint: remedy(column.kind, meta.accepts!), where},
      )
  }
  return names
}

const accepts = ({accepts}: ParamMeta, column: Column) => accepts?.includes(column.kind) ?? true

/** Which step would mend a column of the wrong kind. */
function remedy(is: ColumnKind, wanted: readonly ColumnKind[]): Phrase {
  if (is === 'image') return says`a cnn learns from images as they are`
  if (is === 'other') return says`a derive step can take a value out of it`
  if (wanted.includes('number') && is === 'category')
    return says`a cast step reads text as numbers; one-hot or ordinal makes numbers of categories`
  if (wanted.includes('number') && is === 'date') return says`a date-parts step makes numbers of it`
  if (wanted.includes('category') && is === 'number')
    return says`a bin step makes ranges of it, a cast step text`
  return says`a cast step can make it ${or(wanted.map(k => kindWords[k]))}`
}

/** The fields of an object schema, or of the alternative that fits, with what they say of themselves. */
function fields(schema: z.ZodType, parsed: unknown): Record<string, ParamMeta> {
  if (schema instanceof z.ZodUnion) {
    const option = (schema.options as z.ZodType[]).find(o => o.safeParse(parsed).success)
    return option ? fields(option, parsed) : {}
  }
  if (!(schema instanceof z.ZodObject)) return {}
  return Object.fromEntries(
    Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => [
      name,
      paramMeta(field),
    ]),
  )
}

/** What a parameter says of itself for forms and checks, through `optional` and `default`. */
export function paramMeta(field: z.ZodType): ParamMeta {
  const own = field.meta() as ParamMeta | undefined
  if (own?.widget) return own
  const inner = (field._zod.def as {innerType?: z.ZodType}).innerType
  return inner ? {...paramMeta(inner), ...own} : (own ?? {})
}

type Issue = z.core.$ZodIssue
type Told = {message: Phrase; hint?: Phrase | undefined; path: PropertyKey[]}

/** One complaint of zod in the user's words: the parameter, what is accepted, what was given. */
function told(issue: Issue, given: unknown, schema: z.ZodType, kind: string): Told {
  const {path} = issue
  const name = path.length > 0 ? `"${path.map(String).join('.')}"` : says`the parameters of ${kind}`
  const value = path.reduce<unknown>(
    (v, key) => (v as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  )
  const but = value === undefined ? says`is missing` : says`is ${shown(value)}`
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known =
        path.length === 0 && schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
      const [key] = issue.keys
      const keys = or(issue.keys.map(k => `"${k}"`))
      return {
        message:
          path.length > 0
            ? says`${kind} has no parameter ${keys} in ${name}`
            : says`${kind} has no parameter ${keys}`,
        hint:
          didYouMean(key!, known) ??
          (known.length > 0 ? says`it has ${known.join(', ')}` : undefined),
        path: [...path, key!],
      }
    }
    case 'invalid_value': {
      const values = issue.values.map(v => JSON.stringify(v) ?? String(v))
      return {
        message: says`${name} must be ${or(values)}, but ${but}`,
        hint: typeof value === 'string' ? didYouMean(value, issue.values.map(String)) : undefined,
        path,
      }
    }
    case 'invalid_type':
      return {
        message: says`${name} must be ${typeWords[issue.expected] ?? issue.expected}, but ${but}`,
        path,
      }
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum
      const n = String(limit)
      const open = issue.inclusive === false
      const bound =
        issue.code === 'too_small'
          ? open
            ? says`more than ${n}`
            : says`at least ${n}`
          : open
            ? says`less than ${n}`
            : says`at most ${n}`
      const unit = counted[issue.origin]
      return {
        message: unit
          ? says`${name} must have ${bound} ${unit}, but ${but}`
          : says`${name} must be ${bound}, but ${but}`,
        path,
      }
    }
    case 'invalid_union':
      return {
        message: says`${name} must be ${or(issue.errors.flatMap(e => (e[0]?.path.length === 0 ? [accepted(e[0])] : [])))}, but ${but}`,
        path,
      }
    default: {
      const own = ownWords(issue)
      return {message: path.length > 0 ? says`${name}: ${own}` : own, path}
    }
  }
}

/** What the schema's own rule says, or zod. */
const ownWords = (issue: Issue): Phrase =>
  issue.code === 'custom' && issue.params?.said
    ? new Phrase(issue.params.said as Said)
    : verbatim(issue.message)

const accepted = (issue: Issue): Phrase | string =>
  issue.code === 'invalid_type'
    ? (typeWords[issue.expected] ?? issue.expected)
    : issue.code === 'invalid_value'
      ? or(issue.values.map(v => JSON.stringify(v) ?? String(v)))
      : issue.message

const typeWords: Record<string, Phrase | string> = {
  string: says`text`,
  number: says`a number`,
  int: says`a whole number`,
  boolean: says`true or false`,
  array: says`a list`,
  object: says`a set of names and values`,
  record: says`a set of names and values`,
  null: 'null',
}

const counted: Record<string, Phrase> = {
  string: says`characters`,
  array: says`entries`,
  set: says`entries`,
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function namesOf(columns: readonly Column[]): string {
  const names = columns.slice(0, 8).map(c => `"${c.name}"`)
  return columns.length > 8 ? `${names.join(', ')} …` : names.join(', ')
}
