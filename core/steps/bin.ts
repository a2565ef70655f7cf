// Numbers into ranges.
import {z} from 'zod'
import {sql} from '../data/sql.ts'
import {missingText} from '../onnx/frame.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {mapped} from './lib/columns.ts'
import {quantiles, ranges} from './lib/numbers.ts'
import {search, searchInGraph} from './lib/search.ts'

const params = z
  .strictObject({
    columns: columns({accepts: ['number']}).describe('The number columns to bin.'),
    with: z
      .enum(['equal-width', 'equal-count', 'edges'])
      .default('equal-width')
      .describe(
        'equal-width: ranges of one width. equal-count: about as many training rows in each. edges: where you say.',
      ),
    bins: z.int().min(2).max(1000).optional().describe('How many ranges (5).'),
    edges: z
      .array(z.number())
      .min(1)
      .max(999)
      .optional()
      .describe('Where one range ends and the next begins, in rising order.'),
    give: z
      .enum(['number', 'label'])
      .default('number')
      .describe('number: 0, 1, 2 … label: text such as `10 to 20`.'),
  })
  .refine(
    p => (p.with === 'edges') === (p.edges !== undefined),
    rule(says`goes with \`with: edges\`, and must be there then`, 'edges'),
  )
  .refine(
    p => p.with !== 'edges' || p.bins === undefined,
    rule(says`does not go with \`edges\`, which make their own`, 'bins'),
  )
  .refine(
    p => (p.edges ?? []).every((e, i, all) => i === 0 || all[i - 1]! < e),
    rule(says`must rise: each greater than the one before`, 'edges'),
  )
type Params = z.output<typeof params>

/** The inner edges of each column, rising. */
type Learned = {edges: number[][]}

export const bin = defineTransform<Params, Learned>({
  kind: 'bin',
  version: 1,
  title: 'Bin numbers',
  doc: `Replaces each number by the range it falls in, counted from 0, or by its label. A range includes its
lower edge and not its upper one; the first reaches down without end and the last up, so that every later value
has its range, infinite ones too. Edges are learned from the finite values of the training rows; equal ones are
merged, so a column with few different values may get fewer ranges. Missing stays missing.`,
  group: 'numbers',
  params,
  serves: 'onnx',
  rows: 'map',
  async learn({columns, with: how, bins = 5, edges}, rows, ask) {
    if (how === 'edges') return {edges: columns.map(() => edges!)}
    const inner = Array.from({length: bins - 1}, (_, i) => (i + 1) / bins)
    if (how === 'equal-count') {
      const found = await quantiles(rows, columns, ask, inner)
      return {edges: found.map(q => rising(q ?? []))}
    }
    const found = await ranges(rows, columns, ask)
    return {
      edges: found.map(r =>
        r && r.min < r.max ? rising(inner.map(share => r.min + (r.max - r.min) * share)) : [],
      ),
    }
  },
  plan: ({columns, give}, rows, {edges}) =>
    mapped(rows, columns, (column, _, i) => {
      const names = labels(edges[i]!)
      const leaf = (at: number) => (give === 'label' ? sql`${names[at]!}` : sql`${at}`)
      const found = search(sql`${column}::double`, edges[i]!, leaf)
      return sql`case when ${column} is not null then ${found} end`
    }),
  onnx({columns, give}, frame, {edges}) {
    const {graph} = frame
    for (const [i, name] of columns.entries()) {
      const x = frame.get(name)
      const at = searchInGraph(graph, x, edges[i]!)
      const missing = frame.missing(name)
      if (give === 'number') {
        const nan = graph.constant('float64', Number.NaN)
        frame.set(name, 'number', graph.op('Where', [missing, nan, graph.cast(at, 'float64')]))
      } else {
        const names = graph.op('Gather', [graph.constant('string', labels(edges[i]!)), at])
        const none = graph.constant('string', missingText)
        frame.set(name, 'category', graph.op('Where', [missing, none, names]))
      }
    }
  },
  examples: [
    {
      title: 'four ranges of one width',
      params: {columns: ['age'], bins: 4},
      rows: [{age: 0}, {age: 19}, {age: 20}, {age: null}, {age: 80}],
      gives: [{age: 0}, {age: 0}, {age: 1}, {age: null}, {age: 3}],
    },
    {
      title: 'as many training rows in each',
      params: {columns: ['age'], with: 'equal-count', bins: 2},
      rows: [{age: 1}, {age: 2}, {age: 3}, {age: 100}],
      apply: [{age: -5}, {age: 2.5}, {age: 2.4}],
      gives: [{age: 0}, {age: 1}, {age: 0}],
    },
    {
      title: 'by edges, as labels',
      params: {with: 'edges', edges: [0, 37.5, 38], give: 'label'},
      rows: [{fever: -1}, {fever: 0}, {fever: 37.7}, {fever: 40}, {fever: null}],
      gives: [
        {fever: 'below 0'},
        {fever: '0 to 37.5'},
        {fever: '37.5 to 38'},
        {fever: '38 and above'},
        {fever: null},
      ],
    },
  ],
})

const rising = (edges: readonly number[]) => [...new Set(edges.map(e => e + 0))]

/** A name for each range, with as few digits as tell the edges apart. */
function labels(edges: readonly number[]): string[] {
  if (edges.length === 0) return ['any']
  let names: string[] = []
  for (let digits = 4; digits <= 17 && new Set(names).size < edges.length; digits++)
    names = edges.map(e => String(Number(e.toPrecision(digits))))
  const between = names.slice(1).map((high, i) => `${names[i]} to ${high}`)
  return [`below ${names[0]}`, ...between, `${names.at(-1)} and above`]
}
