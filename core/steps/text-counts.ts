// How often each word of a vocabulary occurs in a text.
import {z} from 'zod'
import {id, join, sql} from '../data/sql.ts'
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
  columns: columns({accepts: ['category']}).describe('The text columns to count words in.'),
  as: z
    .enum(['count', 'present'])
    .default('count')
    .describe('How often a word occurs, or 1 where it occurs at all.'),
  ...wordParams,
})
type Params = z.output<typeof params>
type Learned = {columns: Vocabulary[]}

export const textCounts = defineTransform<Params, Learned>({
  kind: 'text-counts',
  version: 1,
  title: 'Count words',
  doc: `Replaces each text column by one column for each word of its vocabulary, named
\`<column>_<word>\`: how often it occurs. Words are runs of letters, marks and digits of any script;
Capitalised and UPPER case count as lower case, any other mixture of case only where training had
it. The vocabulary holds the words in the most training rows, in alphabetical order. A word outside
of it is not counted, empty text has no words and gives zeros, a missing text gives missing counts. With
phrases, two neighbouring words count as one more word, unless one of them is a stop word.`,
  group: 'text',
  params,
  serves: 'onnx',
  rows: 'map',
  learn: async (params, rows, ask) => ({
    columns: await learnWords(rows, params.columns, params, ask),
  }),
  plan: (params, rows, learned) => {
    const maps = params.columns.map((_, i) => id(unusedName(`words_${i}`, rows)))
    const found = params.columns.map(
      (name, i) => sql`${wordCounts(name, learned.columns[i]!, params.minLength)} as ${maps[i]!}`,
    )
    const instead = new Map(
      params.columns.map((column, i) => [
        column,
        wordColumns(column, learned.columns[i]!).map((name, k) => {
          const n = sql`ifnull(${maps[i]!}[${k}], 0)`
          const value = params.as === 'present' ? sql`least(${n}, 1)` : n
          return {name, value: sql`case when ${maps[i]!} is not null then ${value}::integer end`}
        }),
      ]),
    )
    return sql`select ${layout(rows, {instead})} from (select *, ${join(found)} from ${rows})`
  },
  onnx: (params, frame, learned) => {
    for (const [i, column] of params.columns.entries()) {
      const vocabulary = learned.columns[i]!
      if (vocabulary.words.length === 0) {
        frame.delete(column)
        continue
      }
      const {graph} = frame
      const counts = wordCountsIn(frame, column, vocabulary, params.minLength)
      const one = graph.constant('float64', [1])
      // Not Min, which need not keep NaN.
      const block =
        params.as === 'present'
          ? graph.op('Where', [graph.op('Greater', [counts, one]), one, counts])
          : counts
      frame.replace(column, wordColumns(column, vocabulary), 'number', block)
    }
  },
  examples: [
    {
      title: 'the three words in the most rows',
      params: {
        columns: ['text'],
        as: 'count',
        words: 3,
        minLength: 2,
        minRows: 1,
        maxShare: 1,
        stopWords: 'none',
        accents: 'keep',
        phrases: 1,
      },
      rows: [
        {text: 'Free prize! FREE entry.', spam: true},
        {text: 'free for lunch?', spam: false},
        {text: 'a prize for you', spam: false},
      ],
      gives: [
        {text_for: 0, text_free: 2, text_prize: 1, spam: true},
        {text_for: 1, text_free: 1, text_prize: 0, spam: false},
        {text_for: 1, text_free: 0, text_prize: 1, spam: false},
      ],
    },
    {
      title: 'unseen words, empty text and missing text',
      params: {
        columns: ['text'],
        as: 'present',
        words: 200,
        minLength: 1,
        minRows: 1,
        maxShare: 1,
        stopWords: 'none',
        accents: 'keep',
        phrases: 1,
      },
      rows: [{id: 1, text: 'olá Olá ção iPhone'}],
      apply: [
        {id: 2, text: 'OLÁ olá outro'},
        {id: 3, text: 'iPhone Ção'},
        {id: 4, text: ''},
        {id: 5, text: null},
      ],
      gives: [
        {id: 2, text_iphone: 0, text_olá: 1, text_ção: 0},
        {id: 3, text_iphone: 1, text_olá: 0, text_ção: 1},
        {id: 4, text_iphone: 0, text_olá: 0, text_ção: 0},
        {id: 5, text_iphone: null, text_olá: null, text_ção: null},
      ],
    },
    {
      title: 'without the words that say nothing, and with or without accents',
      params: {
        columns: ['text'],
        as: 'count',
        words: 200,
        minLength: 2,
        minRows: 1,
        maxShare: 1,
        stopWords: 'pt-BR',
        accents: 'fold',
        phrases: 2,
      },
      rows: [
        {id: 1, text: 'Você não ganhou uma promoção'},
        {id: 2, text: 'promocao nova'},
      ],
      apply: [
        {id: 3, text: 'PROMOÇÃO nova, voce ganhou'},
        {id: 4, text: 'nao, Promocao: promoção NOVA'},
        {id: 5, text: null},
      ],
      gives: [
        {id: 3, text_ganhou: 1, text_nova: 1, text_promocao: 1, 'text_promocao nova': 1},
        {id: 4, text_ganhou: 0, text_nova: 1, text_promocao: 2, 'text_promocao nova': 1},
        {
          id: 5,
          text_ganhou: null,
          text_nova: null,
          text_promocao: null,
          'text_promocao nova': null,
        },
      ],
    },
  ],
})
