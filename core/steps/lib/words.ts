// Words of a text, the same in DuckDB and in ONNX Runtime, and how often each occurs in a row.
import {z} from 'zod'
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import {type Frame, missingText} from '../../onnx/frame.ts'
import type {Tensor} from '../../onnx/graph.ts'
import type {Ask} from '../../plugin.ts'
import {codeOf, textOf} from './categories.ts'

export type WordsSpec = {
  /** The most words to keep of a column. */
  words: number
  /** Words of fewer letters are left out. */
  minLength: number
  /** Words in fewer training rows are left out. */
  minRows: number
  /** Words in a greater share of the training rows are left out. */
  maxShare: number
}

/** The parameters that every step over words has. */
export const wordParams = {
  words: z
    .int()
    .min(1)
    .max(5000)
    .default(200)
    .describe('The most words to keep of a column: those in the most training rows.'),
  minLength: z.int().min(1).max(100).default(2).describe('Leave out words of fewer letters.'),
  minRows: z.int().min(1).default(1).describe('Leave out words in fewer training rows.'),
  maxShare: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('Leave out words in more than this share of the training rows.'),
}

/** What was learned of one column. */
export type Vocabulary = {
  /** In lower case, in alphabetical order. */
  words: string[]
  /** Training rows that have each word. */
  rows: number[]
  /** Training rows whose text is not missing. */
  texts: number
  /** Spellings, and the place in `words` that each counts for. */
  spellings: string[]
  wordOf: number[]
}

export const wordColumns = (column: string, {words}: Vocabulary) => words.map(w => `${column}_${w}`)

/** Runs of letters, marks and digits of any script. RE2's syntax, which both engines use. */
const pattern = (minLength: number) => `[\\p{L}\\p{M}\\p{N}]{${minLength},}`

/**
 * The vocabularies of all columns, by one query. A word counts under its lower case form. Graphs cannot
 * change case, so a vocabulary lists spellings: lower, Capitalised and UPPER, and those that training had.
 */
export async function learnWords(
  rows: Relation,
  columns: readonly string[],
  spec: WordsSpec,
  ask: Ask,
): Promise<Vocabulary[]> {
  if (columns.length === 0) return []
  const texts = columns.map((name, i) => sql`${textOf(name)} as ${id(`c${i}`)}`)
  const words = columns.map(
    (_, i) => sql`
      select distinct ${i} as i, row,
        unnest(regexp_extract_all(${id(`c${i}`)}, ${pattern(spec.minLength)})) as spelling
      from texts`,
  )
  const counts = columns.map((_, i) => sql`count(${id(`c${i}`)})`)
  const [found] = await ask(sql`
    with texts as materialized (select row_number() over () as row, ${join(texts)} from ${rows}),
      totals as (select [${join(counts)}] as texts from texts),
      terms as (
        select i, lower(spelling) as word, count(distinct row) as n,
          list(distinct spelling order by spelling) as seen
        from (${join(words, ' union all ')}) group by i, word
      ),
      kept as (
        select * from terms
        where n >= ${spec.minRows} and n <= ${spec.maxShare} * (select texts[i + 1] from totals)
        qualify row_number() over (partition by i order by n desc, word) <= ${spec.words}
      )
    select texts, (select list({i: i, word: word, n: n, spellings: list_distinct(list_concat(
        seen,
        -- Some letters have no upper case form that leads back, such as the dotless i.
        list_filter([word, upper(word), upper(left(word, 1)) || substr(word, 2)], lambda s: lower(s) = word)
      ))} order by i, word) from kept) as kept
    from totals`)
  const totals = (found!.texts as unknown[]).map(Number)
  const made = totals.map((texts): Vocabulary => {
    return {words: [], rows: [], texts, spellings: [], wordOf: []}
  })
  for (const {i, word, n, spellings} of (found!.kept ?? []) as Term[]) {
    const of = made[Number(i)]!
    for (const spelling of [...spellings].sort()) {
      of.spellings.push(spelling)
      of.wordOf.push(of.words.length)
    }
    of.words.push(word)
    of.rows.push(Number(n))
  }
  return made
}

type Term = {i: unknown; word: string; n: unknown; spellings: string[]}

/** How often each word occurs: a map from its place in `words` to a number, null where the text is missing. */
export function wordCounts(
  column: string,
  {spellings, wordOf}: Vocabulary,
  minLength: number,
): Sql {
  const text = textOf(column)
  const word = sql`list_extract(${wordOf}, ${codeOf(sql`s`, spellings)} + 1)`
  const found = sql`list_transform(regexp_extract_all(${text}, ${pattern(minLength)}), lambda s: ${word})`
  return sql`case when ${text} is not null
    then ifnull(list_aggregate(${found}, 'histogram'), map([]::integer[], []::ubigint[])) end`
}

/** The same in a graph: float64 [rows, words], NaN where the text is missing. */
export function wordCountsIn(
  frame: Frame,
  column: string,
  {words, spellings, wordOf}: Vocabulary,
  minLength: number,
): Tensor {
  const {graph} = frame
  const x = frame.get(column)
  const places = (keys: readonly string[], values: readonly number[], of: Tensor) =>
    graph.op('LabelEncoder', [of], {
      domain: 'ai.onnx.ml',
      keys_strings: keys,
      values_int64s: values,
      default_int64: -1,
      elem: 'int64',
    })
  const tokens = graph.op('Tokenizer', [x], {
    domain: 'com.microsoft',
    mark: false,
    mincharnum: 1,
    pad_value: missingText,
    tokenexp: pattern(minLength),
    elem: 'string',
  })
  const found = graph.op('Squeeze', [
    places(spellings, wordOf, tokens),
    graph.constant('int64', [1]),
  ])
  // A column of nothing, because a batch without any word would have no columns at all.
  const nothing = places([missingText], [-1], x)
  const counts = graph.op('TfIdfVectorizer', [graph.op('Concat', [found, nothing], {axis: 1})], {
    mode: 'TF',
    min_gram_length: 1,
    max_gram_length: 1,
    max_skip_count: 0,
    ngram_counts: [0],
    ngram_indexes: [...words.keys()],
    pool_int64s: [...words.keys()],
    elem: 'float32',
  })
  const nan = graph.constant('float64', [Number.NaN])
  return graph.op('Where', [frame.missing(column), nan, graph.cast(counts, 'float64')])
}
