import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {Session} from '../../../core/data/session.ts'
import {parseNotebook} from '../../../core/notebook/document.ts'
import {deriveGraph, downstream, type Ports, upstream} from '../../../core/notebook/graph.ts'

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

const step: Ports = {in: {min: 1, max: 1, accepts: ['table', 'split']}, out: 'same'}
const kinds: Record<string, Ports> = {
  source: {in: {min: 0, max: 0, accepts: []}, out: 'table'},
  sql: {in: {min: 0, max: Number.POSITIVE_INFINITY, accepts: ['table']}, out: 'table'},
  ts: {
    in: {min: 0, max: Number.POSITIVE_INFINITY, accepts: ['table', 'split', 'model']},
    out: 'table',
  },
  split: {in: {min: 1, max: 1, accepts: ['table']}, out: 'split'},
  impute: step,
  union: {in: {min: 2, max: 9, accepts: ['table']}, out: 'table'},
  mlp: {in: {min: 1, max: 1, accepts: ['split']}, out: 'model'},
}

const graphOf = (source: string) =>
  deriveGraph(parseNotebook(source, 'n.md'), {
    session,
    portsOf: kind => kinds[kind],
    kinds: Object.keys(kinds),
    globals: ['tf'],
  })

const yaml = (name: string, kind: string, from?: string) =>
  `\`\`\`yaml cell=${name} kind=${kind}${from ? ` from=${from}` : ''}\n\`\`\`\n`
const sql = (name: string, query: string) => `\`\`\`sql cell=${name}\n${query}\n\`\`\`\n`
const ts = (name: string, text: string) => `\`\`\`ts cell=${name}\n${text}\n\`\`\`\n`

test('edges come from from=, from queries and from TypeScript, and order is that of the document', async () => {
  const graph = await graphOf(
    yaml('penguins', 'source') +
      sql('adults', 'select * from Penguins') +
      yaml('parts', 'split', 'adults') +
      yaml('filled', 'impute', 'parts') +
      yaml('net', 'mlp', 'filled') +
      sql('seen', 'select p.* from parts.train p, parts.test, adults, adults b') +
      ts('plot', 'const x: Row = adults; console.log(tf, net, Math.max(1), x)'),
  )
  expect(graph.problems).toEqual([])
  expect(graph.edges).toEqual([
    {from: 'penguins', to: 'adults'},
    {from: 'adults', to: 'parts'},
    {from: 'parts', to: 'filled'},
    {from: 'filled', to: 'net'},
    {from: 'parts', to: 'seen', part: 'train'},
    {from: 'parts', to: 'seen', part: 'test'},
    {from: 'adults', to: 'seen'},
    {from: 'adults', to: 'plot'},
    {from: 'net', to: 'plot'},
  ])
  expect([...graph.nodes.values()].map(({out}) => out)).toEqual([
    'table',
    'table',
    'split',
    'split',
    'model',
    'table',
    'table',
  ])
  expect(graph.order).toEqual(['penguins', 'adults', 'parts', 'filled', 'net', 'seen', 'plot'])
  expect(upstream(graph, ['filled'])).toEqual(['penguins', 'adults', 'parts'])
  expect(downstream(graph, ['parts'])).toEqual(['filled', 'net', 'seen', 'plot'])
})

test('a cell may stand before what it needs', async () => {
  const graph = await graphOf(
    sql('c', 'from b') + sql('a', 'select 1') + sql('b', 'from a') + sql('d', 'select 2'),
  )
  expect(graph.problems).toEqual([])
  expect(graph.order).toEqual(['a', 'b', 'c', 'd'])
})

test('an unknown name sits on its cell, with the nearest name, and the other cells run', async () => {
  const graph = await graphOf(
    sql('adults', 'select 1') +
      sql('bad', 'select *\nfrom adultss, adultss') +
      yaml('worse', 'impute', 'adults2') +
      sql('file', "from 'data/x.csv'") +
      ts('plot', 'const n = 1\nadult + n') +
      sql('below', 'from bad') +
      sql('fine', 'from adults'),
  )
  expect(graph.problems).toMatchObject([
    {code: 'unknown-name', cell: 'bad', where: 'n.md:6:6', hint: 'did you mean "adults"?'},
    {code: 'unknown-name', cell: 'worse', where: 'n.md:8:37', hint: 'did you mean "adults"?'},
    {
      code: 'unknown-name',
      cell: 'file',
      where: 'n.md:11:6',
      hint: expect.stringContaining('source'),
    },
    {code: 'unknown-name', cell: 'plot', where: 'n.md:15:1'},
  ])
  expect(graph.order).toEqual(['adults', 'fine'])
  expect(graph.blocked).toEqual(new Map([['below', ['bad']]]))
})

test('a circle is told on every cell in it, and what is below is blocked', async () => {
  const graph = await graphOf(
    sql('a', 'from c') +
      sql('b', 'from a') +
      sql('c', 'from b') +
      sql('d', 'from c') +
      sql('me', 'from me') +
      sql('free', 'select 1'),
  )
  expect(graph.problems.map(({code, cell, message}) => [code, cell, message])).toEqual([
    ['cycle', 'a', 'cells need each other in a circle: a needs c needs b needs a'],
    ['cycle', 'b', 'cells need each other in a circle: b needs a needs c needs b'],
    ['cycle', 'c', 'cells need each other in a circle: c needs b needs a needs c'],
    ['cycle', 'me', '"me" needs itself'],
  ])
  expect(graph.order).toEqual(['free'])
  expect([...graph.blocked.keys()]).toEqual(['d'])
})

test('a value where another belongs is told where it is named, once', async () => {
  const base =
    yaml('penguins', 'source') + yaml('parts', 'split', 'penguins') + yaml('net', 'mlp', 'parts')
  const problems = async (more: string) => (await graphOf(base + more)).problems
  expect(await problems(yaml('x', 'impute', 'net') + yaml('y', 'impute', 'x'))).toMatchObject([
    {
      code: 'wrong-port',
      cell: 'x',
      where: 'n.md:7:33',
      message: '"net" gives a model, and impute takes a table or a split',
    },
  ])
  expect(await problems(sql('x', 'from parts'))).toMatchObject([
    {code: 'wrong-port', where: 'n.md:8:6', hint: 'name one of its parts, such as parts.train'},
  ])
  expect(await problems(sql('x', 'from penguins.train'))).toMatchObject([
    {code: 'wrong-port', hint: 'write penguins instead of penguins.train'},
  ])
  expect(await problems(sql('x', 'from parts.trian'))).toMatchObject([
    {code: 'unknown-name', hint: 'did you mean "train"?'},
  ])
  expect(await problems(yaml('x', 'impute', 'parts.train') + yaml('y', 'split', 'x'))).toEqual([])
  expect(await problems(yaml('x', 'mlp'))).toMatchObject([
    {
      code: 'wrong-port',
      message: 'mlp takes 1 input (a split), and this one has none',
      hint: 'name it in from=, such as from=parts',
    },
  ])
  expect(await problems(yaml('x', 'source', 'penguins'))).toMatchObject([
    {code: 'wrong-port', hint: 'leave out from='},
  ])
  expect(await problems(yaml('x', 'union', 'penguins,penguins'))).toEqual([])
  expect(await problems(yaml('x', 'union', 'penguins'))).toMatchObject([
    {message: 'union takes 2 to 9 inputs (a table), and this one has 1'},
  ])
  expect(await problems(yaml('x', 'imput', 'penguins'))).toMatchObject([
    {code: 'unknown-kind', hint: 'did you mean "impute"?', where: 'n.md:7:1'},
  ])
})

test('problems of the document and of the queries keep their cells from running', async () => {
  const graph = await graphOf(
    sql('a', 'select 1') +
      sql('a', 'select 2') +
      sql('b', 'drop table a') +
      sql('c', 'selec') +
      ts('d', 'let = ') +
      sql('e', 'from a') +
      sql('f', 'select 3'),
  )
  expect(graph.problems.map(({code, cell}) => [code, cell])).toEqual([
    ['duplicate-name', 'a'],
    ['duplicate-name', 'a'],
    ['refused', 'b'],
    ['bad-sql', 'c'],
    ['bad-document', 'd'],
  ])
  expect(graph.order).toEqual(['f'])
  expect([...graph.blocked.keys()]).toEqual(['e'])
})

test('in any graph, order follows the edges and every cell is in order, blocked or told', async () => {
  const cells = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), {minLength: 1}).chain(names =>
    fc.tuple(
      ...names.map(name =>
        fc.record({
          name: fc.constant(name),
          needs: fc.array(fc.constantFrom(...names, ...names, 'nowhere'), {maxLength: 2}),
        }),
      ),
    ),
  )
  await fc.assert(
    fc.asyncProperty(cells, async made => {
      const source = made
        .map(({name, needs}) =>
          sql(name, `select 1${needs.length ? ` from ${needs.join(', ')}` : ''}`),
        )
        .join('\n')
      const {nodes, edges, order, blocked, problems} = await graphOf(source)
      const place = new Map(order.map((name, i) => [name, i]))
      for (const name of order) {
        const needs = made.find(cell => cell.name === name)!.needs
        for (const needed of needs) expect(place.get(needed)).toBeLessThan(place.get(name)!)
      }
      const told = new Set(problems.map(({cell}) => cell))
      for (const name of nodes.keys())
        expect([place.has(name), blocked.has(name), told.has(name)].filter(Boolean)).toHaveLength(1)
      for (const [name, causes] of blocked) {
        expect(causes.length, name).toBeGreaterThan(0)
        for (const cause of causes) expect(told).toContain(cause)
      }
      expect(edges.length).toBe(
        made.reduce((n, {needs}) => n + new Set(needs.filter(x => x !== 'nowhere')).size, 0),
      )
      // Cells that need nothing below them stand as in the document.
      if (
        edges.every(
          ({from, to}) => source.indexOf(`cell=${from}\n`) < source.indexOf(`cell=${to}\n`),
        )
      )
        expect(order).toEqual([...nodes.keys()].filter(name => place.has(name)))
    }),
    {numRuns: 100},
  )
})

test('a chain of thousands of cells is no trouble', async () => {
  const chain = Array.from({length: 3000}, (_, i) =>
    sql(`c${i}`, i < 2999 ? `from c${i + 1}` : 'select 1'),
  )
  const graph = await graphOf(chain.join('\n'))
  expect(graph.problems).toEqual([])
  expect(graph.order[0]).toBe('c2999')
  expect(graph.order).toHaveLength(3000)
})
