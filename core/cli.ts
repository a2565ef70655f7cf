#!/usr/bin/env node
import module from 'node:module'
import {helpOf, type Output, readArgs} from './cli/args.ts'
import {commands} from './cli/commands.ts'
import {fault, paint} from './cli/print.ts'
import {AppError, didYouMean, toFault} from './error.ts'
import {version} from './package-root.ts'
// The `bancada` command: a client of the same contract that the window uses, in one process.
import {says} from './words/says.ts'

/** Exit codes: 0 done, 1 something failed, 2 the command line is wrong, 130 stopped. */
export async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args
  if (!name || name === 'help' || name === '--help' || name === '-h') {
    const entry = commands.find(c => c.name === rest[0])
    console.log(entry ? helpOf(entry, (await entry.load()).command) : overview())
    return name ? 0 : 2
  }
  if (name === '--version' || name === '-v') {
    console.log(version())
    return 0
  }
  const json = rest.includes('--json')
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    const entry = commands.find(c => c.name === name)
    if (!entry)
      throw new AppError('bad-request', says`there is no command "${name}"`, {
        hint:
          didYouMean(
            name,
            commands.map(c => c.name),
          ) ?? says`\`bancada help\` lists them`,
      })
    const {command} = await entry.load()
    const given = readArgs(name, command, rest)
    if (given.options.help) {
      console.log(helpOf(entry, command))
      return 0
    }
    return await command.run({...given, signal: stop.signal}, output(json))
  } catch (error) {
    const found = toFault(error)
    if (json) console.log(JSON.stringify({ok: false, fault: found}))
    else console.error(fault(found))
    if (found.code === 'internal' && process.env.BANCADA_DEBUG) console.error(error)
    return found.code === 'bad-request' ? 2 : found.code === 'cancelled' ? 130 : 1
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

function overview(): string {
  const width = Math.max(...commands.map(c => c.name.length))
  return [
    'Bancada: from a data file to a watched model, on your own machine',
    '',
    ...commands.map(c => `  ${paint('bold', c.name.padEnd(width))}  ${c.summary}`),
    '',
    '`bancada help COMMAND` tells more. Every command takes --json.',
  ].join('\n')
}

function output(json: boolean): Output {
  const terminal = process.stderr.isTTY && !json
  let shown = false
  const clear = () => {
    if (shown) process.stderr.write('\r\x1b[K')
    shown = false
  }
  return {
    json,
    say: (text = '') => {
      clear()
      if (!json) console.log(text)
    },
    result: value => {
      clear()
      if (json) console.log(JSON.stringify(value))
    },
    status: text => {
      if (!terminal) return
      process.stderr.write(`\r\x1b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`)
      shown = true
    },
  }
}
// Later Nodes keep what they have compiled in the system's temporary folder; each command is loaded after this.
;(module as {enableCompileCache?: () => void}).enableCompileCache?.()
process.exitCode = await main(process.argv.slice(2))
