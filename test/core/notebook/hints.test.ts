// What a hint tells people to write must be something that the kind takes.
import {readdir, readFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {expect, test} from 'vitest'
import {parse} from 'yaml'
import type {z} from 'zod'
import {kinds} from '../../../core/notebook/cells/index.ts'

type Told = {kind: string; param: string; value: string}

/** `keep: 50` in the file of a kind is of that kind; `a one-hot step with keep: 50` says whose it is. */
async function told(): Promise<Told[]> {
  const core = join(import.meta.dirname, '../../../core')
  const files = (await readdir(core, {recursive: true})).filter(name => name.endsWith('.ts'))
  const found: Told[] = []
  for (const name of files) {
    const text = await readFile(join(core, name), 'utf8')
    const kind = basename(name, '.ts')
    if (kinds[kind] && /(steps|models|cells)$/.test(join(core, name, '..')))
      for (const [, param, value] of text.matchAll(/`(\w+): ([^`$\\]+)\\?`/g))
        found.push({kind, param: param!, value: value!})
    for (const [, kind, param, value] of text.matchAll(
      /([\w-]+) (?:step|cell) with \\?`?(\w+): ([^\s`\\;,']+)/g,
    ))
      found.push({kind: kind!, param: param!, value: value!})
  }
  return found
}

/** Of `derive` what is quoted is a column and its expression. */
const columns = ['derive']

test('a parameter that a hint names is one of the kind, and takes what the hint gives it', async () => {
  const hints = (await told()).filter(({kind}) => !columns.includes(kind))
  expect(hints.length).toBeGreaterThan(4)
  const wrong = hints.filter(({kind, param, value}) => {
    const {shape} = (kinds[kind]?.params ?? {}) as Partial<z.ZodObject>
    const takes = shape?.[param] as z.ZodType | undefined
    return !takes?.safeParse(parse(value)).success
  })
  expect(wrong).toEqual([])
})
