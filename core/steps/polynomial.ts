// Powers and products of number columns.
import {z} from 'zod'
import {id, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {says} from '../words/says.ts'
import {layout} from './lib/layout.ts'

const most = 2000

const params = z.strictObject({
  columns: columns({accepts: ['number']}).describe('The number columns to multiply.'),
  degree: z
    .union([z.literal(2), z.literal(3)])
    .default(2)
    .describe('The largest number of factors in a product.'),
  only: z
    .enum(['all', 'interactions'])
    .default('all')
    .describe('Powers and products, or only products of different columns.'),
})
type Params = z.output<typeof params>

export const polynomial = defineTransform<Params>({
  kind: 'polynomial',
  version: 1,
  title: 'Powers and products',
  doc: `Adds the products of two (or three) of the columns, and their powers, named like \`a^2\` and
\`a*b\`, after all other columns. The columns themselves stay. A product with a missing factor is
missing, and so is infinity times zero. Nothing is learned.`,
  group: 'numbers',
  params,
  serves: 'onnx',
  rows: 'map',
  plan: (params, rows) => {
    const last = termsOf(params).map(term => {
      const factors = term.map(i => sql`${id(params.columns[i]!)}::double`)
      const product = factors.reduce((all, factor) => sql`(${all} * ${factor})`)
      return {name: nameOf(params, term), value: sql`nullif(${product}, 'nan'::double)`}
    })
    return sql`select ${layout(rows, {last})} from ${rows}`
  },
  onnx: (params, frame) => {
    const terms = termsOf(params)
    if (terms.length === 0) return
    const {graph} = frame
    const x = frame.block(params.columns)
    const made: ReturnType<typeof graph.op>[] = []
    for (let factors = 2; factors <= params.degree; factors++) {
      const of = terms.filter(term => term.length === factors)
      if (of.length === 0) continue
      const gathered = Array.from({length: factors}, (_, k) =>
        graph.op(
          'Gather',
          [
            x,
            graph.constant(
              'int64',
              of.map(term => term[k]!),
              [of.length],
            ),
          ],
          {
            axis: 1,
          },
        ),
      )
      made.push(gathered.reduce((all, factor) => graph.op('Mul', [all, factor])))
    }
    const block = made.length === 1 ? made[0]! : graph.op('Concat', made, {axis: 1})
    frame.setBlock(
      terms.map(term => nameOf(params, term)),
      'number',
      block,
    )
  },
  examples: [
    {
      title: 'all products of two factors',
      params: {columns: ['a', 'b'], degree: 2, only: 'all'},
      rows: [
        {a: 2, b: 3},
        {a: -1, b: null},
      ],
      gives: [
        {a: 2, b: 3, 'a^2': 4, 'a*b': 6, 'b^2': 9},
        {a: -1, b: null, 'a^2': 1, 'a*b': null, 'b^2': null},
      ],
    },
    {
      title: 'interactions of up to three columns',
      params: {columns: ['a', 'b', 'c'], degree: 3, only: 'interactions'},
      rows: [{a: 2, b: 3, c: 5}],
      gives: [{a: 2, b: 3, c: 5, 'a*b': 6, 'a*c': 10, 'b*c': 15, 'a*b*c': 30}],
    },
    {
      title: 'powers up to the third',
      params: {columns: ['a'], degree: 3, only: 'all'},
      rows: [{a: 2}, {a: -3}],
      gives: [
        {a: 2, 'a^2': 4, 'a^3': 8},
        {a: -3, 'a^2': 9, 'a^3': -27},
      ],
    },
  ],
})

/** The factors of each product, as places in `columns`; fewer factors first. */
function termsOf({columns, degree, only}: Params): number[][] {
  const gap = only === 'interactions' ? 1 : 0
  const grow = (term: number[]) =>
    columns.flatMap((_, i) => (i >= term.at(-1)! + gap ? [[...term, i]] : []))
  const pairs = columns.flatMap((_, i) => grow([i]))
  const terms = degree === 2 ? pairs : [...pairs, ...pairs.flatMap(grow)]
  if (terms.length > most)
    throw new AppError(
      'bad-params',
      says`this would add ${terms.length} columns, more than ${most}`,
      {
        hint: says`name fewer columns, or take a lower degree`,
        where: 'columns',
      },
    )
  return terms
}

/** `[0, 0, 1]` → `a^2*b`. */
const nameOf = ({columns}: Params, term: readonly number[]) =>
  [...new Set(term)]
    .map(i => {
      const power = term.filter(j => j === i).length
      return power === 1 ? columns[i]! : `${columns[i]!}^${power}`
    })
    .join('*')
