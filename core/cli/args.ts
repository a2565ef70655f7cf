// Command lines: what a command takes, its help, and what was given.
import {parseArgs} from 'node:util'
import {AppError, didYouMean} from '../error.ts'
import {type Language, languageSchema} from '../schema/settings.ts'
import {says, verbatim} from '../words/says.ts'

export type Option = {
  type: 'string' | 'boolean'
  short?: string
  multiple?: boolean
  /** What the value is called in the help, such as `DIR`. */
  value?: string
  help: string
}

export type Command = {
  /** What follows the name, such as `[DOCUMENT]`. */
  usage: string
  options?: Record<string, Option>
  examples: string[]
  /** Gives the exit code. Prints through `out`. */
  run: (given: Given, out: Output) => Promise<number>
}

export type Given = {
  positionals: string[]
  options: Record<string, string | boolean | string[] | undefined>
  signal: AbortSignal
}

/** Where a command writes: people read `say`, programs read the one line of `json`. */
export type Output = {
  json: boolean
  say: (text?: string) => void
  /** Prints the result as one JSON line when `--json` was given. */
  result: (value: unknown) => void
  /** Overwritten by what comes next; only on a terminal. */
  status: (text: string) => void
}

/** Options that every command has. */
export const common: Record<string, Option> = {
  project: {
    type: 'string',
    short: 'p',
    value: 'DIR',
    help: 'project folder (default: the one you are in)',
  },
  json: {type: 'boolean', help: 'print one JSON line for programs'},
  help: {type: 'boolean', short: 'h', help: 'show this help'},
}

/** Reads a command line. Throws `bad-request` with the nearest option. */
export function readArgs(name: string, command: Command, args: string[]): Omit<Given, 'signal'> {
  const options = {...command.options, ...common}
  try {
    const {values, positionals} = parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, {type, short, multiple}]) => [
          name,
          {type, ...(short ? {short} : {}), ...(multiple ? {multiple} : {})},
        ]),
      ),
    })
    return {positionals, options: values as Given['options']}
  } catch (error) {
    const unknown = /'--?([\w-]+)/.exec((error as Error).message)?.[1]
    throw new AppError('bad-request', verbatim((error as Error).message.split('. ')[0]!), {
      hint:
        (unknown === undefined ? undefined : didYouMean(unknown, Object.keys(options))) ??
        says`\`bancada ${name} --help\` lists the options`,
    })
  }
}

export function helpOf({name, summary}: {name: string; summary: string}, command: Command): string {
  const options = {...command.options, ...common}
  const left = Object.entries(options).map(
    ([name, o]) => `${o.short ? `-${o.short}, ` : '    '}--${name}${o.value ? ` ${o.value}` : ''}`,
  )
  const width = Math.max(...left.map(l => l.length))
  return [
    `bancada ${name} ${command.usage}`.trim(),
    '',
    summary,
    '',
    'Options',
    ...Object.values(options).map((o, i) => `  ${left[i]!.padEnd(width)}  ${o.help}`),
    '',
    'Examples',
    ...command.examples.map(e => `  ${e}`),
  ].join('\n')
}

/** A positional that must be there. */
export function need(given: Given, at: number, what: string): string {
  const value = given.positionals[at]
  if (value === undefined) throw new AppError('bad-request', says`${what} is missing`)
  return value
}

/** An option that holds a whole number. */
export function whole(given: Given, name: string): number | undefined {
  const text = given.options[name]
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new AppError(
      'bad-request',
      says`--${name} must be a whole number, but is "${String(text)}"`,
    )
  return value
}

export const text = (given: Given, name: string): string | undefined =>
  given.options[name] as string | undefined

/** `--language`: one that Bancada speaks. */
export function languageOf(given: Given): Language | undefined {
  const named = text(given, 'language')
  if (named === undefined) return undefined
  const {success, data} = languageSchema.safeParse(named)
  if (success) return data
  throw new AppError('bad-request', says`--language cannot be "${named}"`, {
    hint: says`one of ${languageSchema.options.join(', ')}`,
  })
}
