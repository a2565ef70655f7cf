// Words of a text, the same in DuckDB and in ONNX Runtime, and how often each occurs in a row.
import {eng, por} from 'stopword'
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
  /** The language whose commonest words are left out. */
  stopWords: keyof typeof stopLists
  /** Whether `nao` is the same word as `não`. */
  accents: 'keep' | 'fold'
  /** How many neighbouring words make a term, at most. */
  phrases: number
}

const stopLists = {none: [], en: eng, 'pt-BR': por} as const satisfies Record<string, string[]>

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
  stopWords: z
    .enum(['none', 'en', 'pt-BR'])
    .default('none')
    .describe('Leave out the words that say nothing alone, such as `the` or `que`.'),
  accents: z
    .enum(['keep', 'fold'])
    .default('keep')
    .describe('fold: `não` and `nao` are one word, for texts in which people leave accents out.'),
  phrases: z
    .int()
    .min(1)
    .max(2)
    .default(1)
    .describe('2: pairs of neighbouring words are counted beside single ones.'),
}

/** What was learned of one column. */
export type Vocabulary = {
  /** In lower case, in alphabetical order. */
  words: string[]
  /** Training rows that have each word. */
  rows: number[]
  /** Training rows whose text is not missing. */
  texts: number
  /** Spellings, and the place of the word that each counts for: in `words`, or in the order of `grams`' numbers. */
  spellings: string[]
  wordOf: number[]
  /** With phrases: the numbers of the words that make each of `words`; without, each is a word of its own. */
  grams?: number[][]
}

export const wordColumns = (column: string, {words}: Vocabulary) => words.map(w => `${column}_${w}`)

/** Runs of letters, marks and digits of any script. RE2's syntax, which both engines use. */
const pattern = (minLength: number) => `[\\p{L}\\p{M}\\p{N}]{${minLength},}`

/**
 * The vocabularies of all columns, by one query. A word counts under its lower case form, without its accents where
 * they are folded. Graphs can change neither, so a vocabulary lists spellings: lower, Capitalised and UPPER, and those
 * that training had. A phrase is two words that stand beside each other; one with a stop word is left out.
 */
export async function learnWords(
  rows: Relation,
  columns: readonly string[],
  spec: WordsSpec,
  ask: Ask,
): Promise<Vocabulary[]> {
  if (columns.length === 0) return []
  const key = (text: Sql) =>
    spec.accents === 'fold' ? sql`strip_accents(lower(${text}))` : sql`lower(${text})`
  const stops = [...stopLists[spec.stopWords]]
  const kept = (word: Sql) => sql`not list_contains((select words from stops), ${word})`
  const texts = columns.map((name, i) => sql`${textOf(name)} as ${id(`c${i}`)}`)
  const tokens = columns.map(
    (_, i) => sql`
      select ${i} as i, row, regexp_extract_all(${id(`c${i}`)}, ${pattern(spec.minLength)}) as spellings
      from texts`,
  )
  const single = sql`select i, row, unnest(list_distinct(keys)) as term from tokens`
  const pairs = sql`
    select i, row, unnest(list_distinct(list_transform(range(1, len(keys)),
      lambda p: [keys[p], keys[p + 1]]))) as pair from tokens`
  const terms =
    spec.phrases === 1
      ? sql`select i, row, term, ${kept(sql`term`)} as good from (${single})`
      : sql`select i, row, term, ${kept(sql`term`)} as good from (${single}) union all
          select i, row, pair[1] || ' ' || pair[2] as term,
            ${kept(sql`pair[1]`)} and ${kept(sql`pair[2]`)} as good from (${pairs})`
  const counts = columns.map((_, i) => sql`count(${id(`c${i}`)})`)
  // Some letters have no upper case form that leads back, such as the dotless i.
  const forms = sql`flatten(list_transform(list_distinct(list_concat([word], list_transform(seen, lambda s: lower(s)))),
    lambda w: [w, upper(w), upper(left(w, 1)) || substr(w, 2)]))`
  const [found] = await ask(sql`
    with texts as materialized (select row_number() over () as row, ${join(texts)} from ${rows}),
      stops as (select ifnull(list(distinct ${key(sql`w`)}), []) as words from (select unnest(${stops}::varchar[]) as w)),
      totals as (select [${join(counts)}] as texts from texts),
      tokens as materialized (
        select i, row, spellings, list_transform(spellings, lambda s: ${key(sql`s`)}) as keys
        from (${join(tokens, ' union all ')})
      ),
      terms as (select i, term, count(*) as n from (${terms}) where good group by i, term),
      kept as (
        select * from terms
        where n >= ${spec.minRows} and n <= ${spec.maxShare} * (select texts[i + 1] from totals)
        qualify row_number() over (partition by i order by n desc, term) <= ${spec.words}
      ),
      needed as (select distinct i, unnest(string_split(term, ' ')) as word from kept),
      spelled as (
        select i, word, list(distinct spelling order by spelling) as seen
        from (select i, unnest(keys) as word, unnest(spellings) as spelling from tokens)
        semi join needed using (i, word) group by i, word
      )
    select texts,
      (select list({i: i, term: term, n: n} order by i, term) from kept) as kept,
      (select list({i: i, word: word, spellings: list_distinct(list_concat(seen,
        list_filter(${forms}, lambda s: ${key(sql`s`)} = word)))} order by i, word) from spelled) as spelled
    from totals`)
  const totals = (found!.texts as unknown[]).map(Number)
  const [all, spelled] = [(found!.kept ?? []) as Term[], (found!.spelled ?? []) as Spelled[]]
  return totals.map((texts, i) =>
    vocabularyOf(
      texts,
      all.filter(term => Number(term.i) === i),
      spelled.filter(word => Number(word.i) === i),
      spec.phrases > 1,
    ),
  )
}

type Term = {i: unknown; term: string; n: unknown}
type Spelled = {i: unknown; word: string; spellings: string[]}

function vocabularyOf(
  texts: number,
  terms: readonly Term[],
  spelled: readonly Spelled[],
  phrases: boolean,
): Vocabulary {
  const numbers = new Map(spelled.map(({word}, n) => [word, n]))
  const spellings = spelled.flatMap(({spellings}, n) =>
    [...spellings].sort().map(spelling => ({spelling, n})),
  )
  return {
    words: terms.map(({term}) => term),
    rows: terms.map(({n}) => Number(n)),
    texts,
    spellings: spellings.map(({spelling}) => spelling),
    wordOf: spellings.map(({n}) => n),
    ...(phrases && {grams: terms.map(({term}) => term.split(' ').map(word => numbers.get(word)!))}),
  }
}

/** How often each word occurs: a map from its place in `words` to a number, null where the text is missing. */
export function wordCounts(
  column: string,
  {spellings, wordOf, grams}: Vocabulary,
  minLength: number,
): Sql {
  const text = textOf(column)
  const word = sql`list_extract(${wordOf}, ${codeOf(sql`s`, spellings)} + 1)`
  const numbers = sql`list_transform(regexp_extract_all(${text}, ${pattern(minLength)}), lambda s: ${word})`
  const found = grams ? gramsOf(numbers, grams) : numbers
  return sql`case when ${text} is not null
    then ifnull(list_aggregate(${found}, 'histogram'), map([]::integer[], []::ubigint[])) end`
}

/** Places of words and pairs of words, from the numbers of a text's words: null where one is none of them. */
function gramsOf(numbers: Sql, grams: readonly (readonly number[])[]): Sql {
  const keys = grams.map(gram => gram.join(' '))
  const place = (key: Sql) => codeOf(key, keys)
  // By way of a list of one, so that the numbers are found once.
  return sql`list_transform([${numbers}], lambda w: list_concat(
    list_transform(w, lambda n: ${place(sql`n::varchar`)}),
    list_transform(range(1, len(w)), lambda p: ${place(sql`w[p]::varchar || ' ' || w[p + 1]::varchar`)})))[1]`
}

/** The same in a graph: float64 [rows, words], NaN where the text is missing. */
export function wordCountsIn(
  frame: Frame,
  column: string,
  {words, spellings, wordOf, grams = words.map((_, n) => [n])}: Vocabulary,
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
  // Single words come first in the pool, then pairs; each counts at its own place.
  const [single, pairs] = [1, 2].map(size =>
    [...words.keys()].filter(k => grams[k]!.length === size),
  ) as [number[], number[]]
  const longest = pairs.length > 0 ? 2 : 1
  // A column of nothing, because a batch without any word would have no columns at all.
  const nothing = places([missingText], [-1], x)
  const counts = graph.op('TfIdfVectorizer', [graph.op('Concat', [found, nothing], {axis: 1})], {
    mode: 'TF',
    min_gram_length: 1,
    max_gram_length: longest,
    max_skip_count: 0,
    ngram_counts: longest === 1 ? [0] : [0, single.length],
    ngram_indexes: [...single, ...pairs],
    pool_int64s: [...single, ...pairs].flatMap(place => grams[place]!),
    elem: 'float32',
  })
  const nan = graph.constant('float64', [Number.NaN])
  return graph.op('Where', [frame.missing(column), nan, graph.cast(counts, 'float64')])
}
