// Two tables side by side.
import {z} from 'zod'
import {id, join as list, raw, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {says} from '../words/says.ts'
import {refuseTaken} from './lib/layout.ts'
import {added, keysOf, matches, numbered} from './lib/tables.ts'

const params = z.strictObject({
  on: z
    .array(z.union([z.string(), z.strictObject({left: z.string(), right: z.string()})]))
    .min(1)
    .describe('The columns to match, by a name that both tables have, or as {left: …, right: …}.'),
  how: z
    .enum(['left', 'inner', 'right', 'full', 'semi', 'anti'])
    .default('left')
    .describe(
      'Which rows: all of the first table, those that match, all of the second, all of both, those of the first that match (semi) or do not (anti).',
    ),
  suffix: z
    .string()
    .min(1)
    .default('_2')
    .describe('Added to a column of the second table whose name the first has too.'),
})
type Params = z.output<typeof params>

export const join = defineTransform<Params>({
  kind: 'join',
  version: 1,
  title: 'Join two tables',
  doc: `Puts the columns of the second table beside the rows of the first that have the same values
in the columns of \`on\`. A row that matches several rows is repeated for each. Rows keep the first
table's order, then the second's; rows of the second table that match nothing come last. Missing
keys match nothing. The columns of \`on\` stand once, under the first table's names.`,
  group: 'tables',
  params,
  tables: {min: 2, max: 2},
  serves: 'training-only',
  rows: 'rewrite',
  plan: ({on, how, suffix}, left, _, {more}) => {
    const right = more[0]!
    const keys = keysOf(on, left, right, 'on')
    const l = numbered(left)
    const r = numbered(right)
    const from = sql`${l.from} l ${raw(how)} join ${r.from} r on ${matches(keys, 'l', 'r')}`
    const own = left.columns.map(({name}) => {
      const key = keys.find(k => k.left.name === name)
      const value = key && (how === 'right' || how === 'full')
      return value
        ? sql`coalesce(${id('l', name)}, ${id('r', key.right.name)}) as ${id(name)}`
        : id('l', name)
    })
    if (how === 'semi' || how === 'anti')
      return sql`select ${list(own)} from ${from} order by ${id('l', l.place)}`
    const rightKeys = keys.map(k => k.right.name)
    const others = added(left, right, rightKeys, suffix)
    refuseTaken(
      [...left.columns.map(c => c.name), ...others.map(c => c.as)],
      says`choose another suffix`,
    )
    const theirs = others.map(({name, as}) => sql`${id('r', name)} as ${id(as)}`)
    return sql`select ${list([...own, ...theirs])} from ${from}
      order by ${id('l', l.place)} nulls last, ${id('r', r.place)} nulls last`
  },
  examples: [
    {
      title: 'every order with its customer, where there is one',
      params: {on: [{left: 'customer', right: 'id'}], how: 'left', suffix: '_2'},
      rows: [
        {customer: 2, city: 'Recife'},
        {customer: 1, city: 'Natal'},
        {customer: null, city: 'Olinda'},
      ],
      more: [
        [
          {id: 1, name: 'Ana', city: 'Natal'},
          {id: 2, name: 'Bia', city: 'Caruaru'},
          {id: null, name: 'Caio', city: 'Patos'},
        ],
      ],
      gives: [
        {customer: 2, city: 'Recife', name: 'Bia', city_2: 'Caruaru'},
        {customer: 1, city: 'Natal', name: 'Ana', city_2: 'Natal'},
        {customer: null, city: 'Olinda', name: null, city_2: null},
      ],
    },
    {
      title: 'all rows of both tables',
      params: {on: ['k'], how: 'full', suffix: '_2'},
      rows: [
        {k: 'b', x: 1},
        {k: 'a', x: 2},
      ],
      more: [
        [
          {k: 'c', y: 5},
          {k: 'a', y: 3},
          {k: 'a', y: 4},
        ],
      ],
      gives: [
        {k: 'b', x: 1, y: null},
        {k: 'a', x: 2, y: 3},
        {k: 'a', x: 2, y: 4},
        {k: 'c', x: null, y: 5},
      ],
    },
    {
      title: 'the rows that match nothing',
      params: {on: ['k'], how: 'anti', suffix: '_2'},
      rows: [
        {k: 'b', x: 1},
        {k: 'a', x: 2},
        {k: null, x: 3},
      ],
      more: [[{k: 'a', y: 3}]],
      gives: [
        {k: 'b', x: 1},
        {k: null, x: 3},
      ],
    },
  ],
})
