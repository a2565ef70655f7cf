// Words of a text, weighted by how rare they are.
import {z} from 'zod'
import {id, join, type Sql, sql} from '../data/sql.ts'
import {defineTransform} from '../plugin.ts'
import {columns} from '../schema/params.ts'
import {layout, unusedName} from './lib/layout.ts'
import {
  learnWords,
  type Vocabulary,
  wordColumns,
  wordCounts,
  wordCountsIn,
  wordParams,
} from './lib/words.ts'

const params = z.strictObject({
  columns: columns({accepts: ['category']}).describe('The text columns to weigh words in.'),
  norm: z
    .enum(['l2', 'none'])
    .default('l2')
    .describe(
      'Divide the weights of a row by their length, so that long texts weigh as much as short.',
    ),
  counts: z
    .enum(['plain', 'log'])
    .default('plain')
    .describe(
      'log: 1 + ln of how often a word occurs, so that the tenth time says less than the first.',
    ),
  ...wordParams,
})
type Params = z.output<typeof params>
type Learned = {columns: Vocabulary[]}

export const tfIdf = defineTransform<Params, Learned>({
  kind: 'tf-idf',
  version: 1,
  title: 'Weigh words (TF-IDF)',
  doc: `Replaces each text column by one column for each word of its vocabulary, named
\`<column>_<word>\`: how often it occurs × (ln((1 + texts) / (1 + texts with the word)) + 1), then
divided by the row's Euclidean length, as in scikit-learn. With phrases, two neighbouring words count as
one more word, unless one of them is a stop word. Words are runs of letters, marks and
digits of any script; Capitalised and UPPER case count as lower case, any other mixture of case only
where training had it. The vocabulary holds the words in the most training rows, in alphabetical
order. A word outside of it is not counted, empty text has no words and gives zeros, a missing text
gives missing weights.`,
  group: 'text',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: async (params, rows, ask) => ({
    columns: await learnWords(rows, params.columns, params, ask),
  }),
  plan: (params, rows, learned) => {
    const maps = params.columns.map((_, i) => id(unusedName(`words_${i}`, rows)))
    const lengths = params.columns.map((_, i) => id(unusedName(`length_${i}`, rows)))
    const found = params.columns.map(
      (name, i) => sql`${wordCounts(name, learned.columns[i]!, params.minLength)} as ${maps[i]!}`,
    )
    const measured = params.columns.map((_, i) => {
      const weight = sql`${frequency(params, sql`e.value`)} * list_extract(${idf(learned.columns[i]!)}::double[], e.key + 1)`
      const squares = sql`list_transform(map_entries(${maps[i]!}), lambda e: (${weight}) ** 2)`
      // A row without words has length 0, and is left as it is.
      const length = params.norm === 'l2' ? sql`nullif(sqrt(list_sum(${squares})), 0)` : sql`1`
      return sql`ifnull(${length}, 1)::double as ${lengths[i]!}`
    })
    const instead = new Map(
      params.columns.map((column, i) => {
        const weights = idf(learned.columns[i]!)
        return [
          column,
          wordColumns(column, learned.columns[i]!).map((name, k) => {
            const n = sql`ifnull(${frequency(params, sql`${maps[i]!}[${k}]`)}, 0)`
            const value = sql`${n} * ${weights[k]!}::double / ${lengths[i]!}`
            return {name, value: sql`case when ${maps[i]!} is not null then ${value} end`}
          }),
        ]
      }),
    )
    return sql`select ${layout(rows, {instead})} from (
      select *, ${join(measured)} from (select *, ${join(found)} from ${rows}))`
  },
  onnx: (params, frame, learned) => {
    for (const [i, column] of params.columns.entries()) {
      const vocabulary = learned.columns[i]!
      if (vocabulary.words.length === 0) {
        frame.delete(column)
        continue
      }
      const {graph} = frame
      const found = wordCountsIn(frame, column, vocabulary, params.minLength)
      const one = graph.constant('float64', [1])
      const counts =
        params.counts === 'log'
          ? graph.op('Where', [
              graph.op('Greater', [found, graph.constant('float64', [0])]),
              graph.op('Add', [one, graph.op('Log', [found])]),
              found,
            ])
          : found
      const weights = idf(vocabulary)
      const weighted = graph.op('Mul', [
        counts,
        graph.constant('float64', weights, [1, weights.length]),
      ])
      let block = weighted
      if (params.norm === 'l2') {
        const squares = graph.op('Mul', [weighted, weighted])
        const sum = graph.op('ReduceSum', [squares, graph.constant('int64', [1])], {keepdims: 1})
        const zero = graph.op('Equal', [sum, graph.constant('float64', [0])])
        const length = graph.op('Where', [
          zero,
          graph.constant('float64', [1]),
          graph.op('Sqrt', [sum]),
        ])
        block = graph.op('Div', [weighted, length])
      }
      frame.replace(column, wordColumns(column, vocabulary), 'number', block)
    }
  },
  examples: [
    {
      title: 'a rare word weighs more than a common one',
      params: {
        columns: ['text'],
        norm: 'l2',
        words: 200,
        minLength: 2,
        minRows: 1,
        maxShare: 1,
        stopWords: 'none',
        accents: 'keep',
        phrases: 1,
        counts: 'plain',
      },
      rows: [
        {id: 1, text: 'free free prize'},
        {id: 2, text: 'free lunch'},
        {id: 3, text: ''},
        {id: 4, text: null},
      ],
      // From scikit-learn: TfidfVectorizer().fit_transform(['free free prize', 'free lunch', '']).
      gives: [
        {id: 1, text_free: 0.8355915419449176, text_lunch: 0, text_prize: 0.5493512310263033},
        {id: 2, text_free: 0.6053485081062916, text_lunch: 0.7959605415681652, text_prize: 0},
        {id: 3, text_free: 0, text_lunch: 0, text_prize: 0},
        {id: 4, text_free: null, text_lunch: null, text_prize: null},
      ],
    },
    {
      title: 'without dividing by the length',
      params: {
        columns: ['text'],
        norm: 'none',
        words: 200,
        minLength: 2,
        minRows: 2,
        maxShare: 1,
        stopWords: 'none',
        accents: 'keep',
        phrases: 1,
        counts: 'plain',
      },
      rows: [
        {id: 1, text: 'Free entry'},
        {id: 2, text: 'free lunch'},
      ],
      gives: [
        {id: 1, text_free: 1},
        {id: 2, text_free: 1},
      ],
    },
    {
      title: 'the logarithm of how often, and pairs of neighbouring words',
      params: {
        columns: ['text'],
        norm: 'l2',
        counts: 'log',
        words: 200,
        minLength: 2,
        minRows: 1,
        maxShare: 1,
        stopWords: 'none',
        accents: 'keep',
        phrases: 2,
      },
      rows: [
        {id: 1, text: 'free free prize'},
        {id: 2, text: 'prize free'},
        {id: 3, text: 'unknown'},
        {id: 4, text: null},
      ],
      apply: [
        {id: 5, text: 'Free PRIZE, free prize'},
        {id: 6, text: 'free other prize'},
        {id: 7, text: ''},
        {id: 8, text: null},
      ],
      // From scikit-learn: TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).
      gives: [
        {
          id: 5,
          text_free: 0.48045839729238576,
          'text_free free': 0,
          'text_free prize': 0.6317450542765207,
          text_prize: 0.48045839729238576,
          'text_prize free': 0.3731188059313276,
          text_unknown: 0,
        },
        {
          id: 6,
          text_free: Math.SQRT1_2,
          'text_free free': 0,
          'text_free prize': 0,
          text_prize: Math.SQRT1_2,
          'text_prize free': 0,
          text_unknown: 0,
        },
        {
          id: 7,
          text_free: 0,
          'text_free free': 0,
          'text_free prize': 0,
          text_prize: 0,
          'text_prize free': 0,
          text_unknown: 0,
        },
        {
          id: 8,
          text_free: null,
          'text_free free': null,
          'text_free prize': null,
          text_prize: null,
          'text_prize free': null,
          text_unknown: null,
        },
      ],
    },
  ],
})

/** What a word's count weighs; null where there is none. */
const frequency = ({counts}: Params, n: Sql) =>
  counts === 'log' ? sql`(1 + ln(${n}::double))` : sql`${n}::double`

/** Smoothed inverse document frequencies, one for each word. */
const idf = ({rows, texts}: Vocabulary) => rows.map(n => Math.log((1 + texts) / (1 + n)) + 1)
