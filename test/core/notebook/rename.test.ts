import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {parseNotebook} from '../../../core/notebook/document.ts'
import {rename} from '../../../core/notebook/rename.ts'

let session: Session
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bancada-test-'))
  session = await Session.open({folder, threads: 1})
})
afterAll(async () => {
  session.close()
  await rm(folder, {recursive: true, force: true})
})

const parse = (source: string) => parseNotebook(source, 'n.md').notebook
const renamed = (source: string, from: string | number, to: string) =>
  rename(parse(source), from, to, session)

const cell = (info: string, body: string) => `\`\`\`${info}\n${body}\n\`\`\`\n\n`
/** The body of a last cell after `adults` was renamed. */
async function inQuery(query: string, to = 'people', from = 'adults') {
  const made = await renamed(
    cell(`sql cell=${from}`, 'select 1') + cell('sql cell=q', query),
    from,
    to,
  )
  return parse(made).cells[1]!.body.slice(0, -1)
}
async function inTs(text: string, to = 'people') {
  const made = await renamed(
    cell('sql cell=adults', 'select 1') + cell('ts cell=t', text),
    'adults',
    to,
  )
  return parse(made).cells[1]!.body.slice(0, -1)
}

test('references follow a new name in lists, queries, TypeScript and the layout', async () => {
  const source = `---
layout:
  adults: [1, 2] # here
---
# About adults

${cell('sql cell=adults note=adults', 'select 1 as age -- adults')}${cell('yaml cell=parts kind=split from=adults', 'stratify: adults')}${cell('yaml cell=j kind=join from="b,adults, adults2,adults.train"', '')}${cell('sql cell=q', "select adults.age, 'adults' from adults join parts.train t using (age)")}${cell('ts cell=t', 'const n = adults.length // adults')}`
  expect(await renamed(source, 'adults', 'grown-ups'.replace('-', '_'))).toBe(
    source
      .replace('  adults: [1', '  grown_ups: [1')
      .replace('cell=adults', 'cell=grown_ups')
      .replace('from=adults', 'from=grown_ups')
      .replace('b,adults, adults2,adults.train', 'b,grown_ups, adults2,grown_ups.train')
      .replace('select adults.age', 'select grown_ups.age')
      .replace('from adults join', 'from grown_ups join')
      .replace('= adults.length', '= grown_ups.length'),
  )
})

test('in a query only what means the cell follows', async () => {
  expect(await inQuery('select a.adults from adults a')).toBe('select a.adults from people a')
  expect(await inQuery('with adults as (from adults) from adults')).toBe(
    'with adults as (from people) from adults',
  )
  expect(await inQuery('select adults.x, ADULTS.y, "adults".z from Adults')).toBe(
    'select people.x, people.y, "people".z from people',
  )
  expect(
    await inQuery('select 🐧.adults, adults.* from 🐧, adults where adults.x in (select adults.y)'),
  ).toBe('select 🐧.adults, people.* from 🐧, people where people.x in (select people.y)')
  expect(await inQuery('pivot adults on x using sum(adults.y)')).toBe(
    'pivot people on x using sum(people.y)',
  )
  expect(
    await inQuery('select parts.train.x from parts.train, parts.test', 'pieces', 'parts'),
  ).toBe('select pieces.train.x from pieces.train, pieces.test')
  expect(await inQuery('from other.adults')).toBe('from other.adults')
})

test('a name gets quotes where SQL needs them, and loses those it needed before', async () => {
  expect(await inQuery('select adults.x from adults', 'grown-ups')).toBe(
    'select "grown-ups".x from "grown-ups"',
  )
  expect(await inQuery('select adults.x from adults', 'order')).toBe(
    'select "order".x from "order"',
  )
  expect(await inQuery('from "my-cell"', 'people', 'my-cell')).toBe('from people')
  expect(await inQuery('from "adults"')).toBe('from "people"')
})

test('what goes by the table’s name in a sense that cannot be told keeps it as an alias', async () => {
  expect(await inQuery('select adults from adults')).toBe('select adults from people as adults')
  expect(await inQuery('select columns(adults.*) from "adults" where adults.x')).toBe(
    'select columns(adults.*) from "people" as "adults" where adults.x',
  )
})

test('in TypeScript free names follow, types too, and shorthand keeps its property', async () => {
  expect(await inTs('const f = (adults) => adults; f(adults, {adults, x: adults}, o.adults)')).toBe(
    'const f = (adults) => adults; f(people, {adults: people, x: people}, o.adults)',
  )
  expect(await inTs('type Row = (typeof adults)[number]; const r: Row = adults[0]')).toBe(
    'type Row = (typeof people)[number]; const r: Row = people[0]',
  )
})

test('a name that would mean something else where it is used is refused', async () => {
  const refused = (cell: string) => expect.objectContaining({code: 'refused', where: cell})
  await expect(inQuery('with people as (select 1) from adults, people')).rejects.toEqual(
    refused('q'),
  )
  await expect(inQuery('select 1 from adults, other people')).rejects.toEqual(refused('q'))
  await expect(inQuery('select (select adults.x from b people) from adults')).rejects.toEqual(
    refused('q'),
  )
  await expect(inTs('const people = 1; adults + people')).rejects.toEqual(refused('t'))
  await expect(inTs('adults', 'grown-ups')).rejects.toEqual(refused('t'))
  await expect(inTs('adults', 'class')).rejects.toEqual(refused('t'))
  await expect(
    renamed(cell('sql cell=a', '') + cell('sql cell=b', ''), 'a', 'B'),
  ).rejects.toMatchObject({code: 'duplicate-name'})
  await expect(renamed(cell('sql cell=a', ''), 'a', 'x y')).rejects.toMatchObject({
    code: 'bad-document',
  })
  await expect(renamed(cell('sql cell=a', ''), 'b', 'c')).rejects.toMatchObject({
    code: 'unknown-name',
  })
})

test('of two cells of one name only the one meant changes, and capitals may', async () => {
  const twice =
    cell('sql cell=a', 'select 1') + cell('sql cell=a', 'select 2') + cell('sql cell=c', 'from a')
  expect(await renamed(twice, 1, 'b')).toBe(twice.replace('a\nselect 2', 'b\nselect 2'))
  const one = cell('sql cell=a', 'select 1') + cell('yaml cell=b kind=x from=a', '')
  expect(await renamed(one, 'a', 'A')).toBe(one.replaceAll('=a', '=A'))
})

test('a rename and back again is the document as it was', async () => {
  const name = fc.constantFrom(
    'people',
    'x1',
    'grown-ups',
    'order',
    'Größe',
    'データ',
    'select',
    '2023',
  )
  const query = fc.constantFrom(
    'select adults.age, b.* from adults join b using (id)',
    'with c as (from adults) select c.x, (select max(adults.y) from adults) from c',
    'from adults.train, b',
    "select 'adults' -- adults\nfrom\tadults",
    'from b',
    'drop table adults',
    'selec adults',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(query, {maxLength: 4}),
      name,
      fc.constantFrom('\n', '\r\n'),
      async (queries, to, eol) => {
        const source = (
          cell('sql cell=b', 'select 1') +
          queries.map((text, i) => cell(`sql cell=q${i}`, text)).join('text about adults\n\n') +
          cell('sql cell=adults', 'select 1') +
          cell('yaml cell=s kind=split from=b,adults', 'x: adults # adults')
        ).replaceAll('\n', eol)
        const there = await renamed(source, 'adults', to)
        expect(await renamed(there, to, 'adults')).toBe(source)
        // Only lines that name the cell differ.
        const [before, after] = [source.split(eol), there.split(eol)]
        expect(after.length).toBe(before.length)
        for (const [i, line] of before.entries())
          if (line !== after[i]) expect(line).toContain('adults')
      },
    ),
    {numRuns: 60},
  )
})
