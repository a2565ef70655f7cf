// Steps beside scikit-learn's, learned on the same training rows and applied to others.
import {expect, test} from 'vitest'
import type {Row} from '../../core/plugin.ts'
import {python} from '../support/python.ts'
import {normal, random} from '../support/random.ts'
import {apply} from '../support/step.ts'

const next = random(7)
const numbers = (rows: number) =>
  Array.from({length: rows}, () => {
    const z = normal(next)
    return {
      a: 50 + 8 * z + normal(next),
      b: Math.exp(normal(next)),
      c: z - normal(next),
      d: next() * 20 - 5,
    }
  })
const train = numbers(200)
const test_ = numbers(80)
const columns = ['a', 'b', 'c', 'd']
const table = (rows: Row[], names = columns) => rows.map(row => names.map(name => row[name]))

/** Python: the imports, and `fit(x)` on the training rows and `transform` of the test rows. */
const transformed = (peer: string, data: {train: unknown; test: unknown}) =>
  python<number[][]>(
    `
import warnings
import numpy as np
from scipy import stats
from sklearn.decomposition import *
from sklearn.feature_extraction.text import *
from sklearn.impute import *
from sklearn.preprocessing import *
warnings.filterwarnings("ignore")
model = ${peer}
model.fit(data["train"])
made = model.transform(data["test"])
result = made.toarray() if hasattr(made, "toarray") else made
`,
    data,
  )

function closeTo(own: unknown[][], peer: number[][], tolerance: number) {
  expect(own.map(row => row.length)).toEqual(peer.map(row => row.length))
  const off = own.flatMap((row, i) =>
    row.flatMap((v, j) => {
      const other = peer[i]![j]!
      const near = Math.abs(Number(v) - other) <= tolerance * Math.max(1, Math.abs(other))
      return typeof v === 'number' && near ? [] : [[i, j, v, other]]
    }),
  )
  expect(off.slice(0, 10)).toEqual([])
}

const onNumbers: [string, object, string, number][] = [
  ['scale', {with: 'standard'}, 'StandardScaler()', 1e-9],
  ['scale', {with: 'min-max'}, 'MinMaxScaler()', 1e-9],
  ['scale', {with: 'robust'}, 'RobustScaler()', 1e-9],
  ['scale', {with: 'max-abs'}, 'MaxAbsScaler()', 1e-9],
  ['transform', {with: 'log1p', columns: ['b']}, 'FunctionTransformer(np.log1p)', 1e-12],
  ['transform', {with: 'sqrt', columns: ['b']}, 'FunctionTransformer(np.sqrt)', 1e-12],
  ['transform', {with: 'quantile', quantiles: 50}, 'QuantileTransformer(n_quantiles=50)', 1e-9],
  [
    'bin',
    {with: 'equal-width', bins: 6},
    'KBinsDiscretizer(6, encode="ordinal", strategy="uniform")',
    0,
  ],
  [
    'bin',
    {with: 'equal-count', bins: 6},
    'KBinsDiscretizer(6, encode="ordinal", strategy="quantile")',
    0,
  ],
]
test.each(onNumbers)('%s %o is %s', async (kind, params, peer, tolerance) => {
  const names = (params as {columns?: string[]}).columns ?? columns
  const own = await apply(kind, {columns: names, ...params}, train, {test: test_})
  const other = await transformed(peer, {train: table(train, names), test: table(test_, names)})
  closeTo(table(own.test, names), other, tolerance)
})

test.each([
  ['box-cox', ['a', 'b']],
  ['yeo-johnson', columns],
])(
  'transform %s is scipy’s, with a power no less likely than the one that scipy finds',
  async (how, names) => {
    const own = await apply('transform', {columns: names, with: how}, train, {test: test_})
    const {power} = own.learned as {power: number[]}
    const family = how.replace('-', '')
    const other = await python<{rows: number[][]; ours: number[]; theirs: number[]}>(
      `
import numpy as np
from scipy import stats
train, test, power = np.array(data["train"]).T, np.array(data["test"]).T, data["power"]
of, likelihood = stats.${family}, stats.${family}_llf
result = {
    "rows": np.transpose([of(x, p) for x, p in zip(test, power)]),
    "ours": [likelihood(p, x) for x, p in zip(train, power)],
    "theirs": [likelihood(of(x)[1], x) for x in train],
}
`,
      {train: table(train, names), test: table(test_, names), power},
    )
    closeTo(table(own.test, names), other.rows, 1e-9)
    // Near the top the likelihood is flat, so the powers themselves may differ in the fifth digit.
    for (const [i, ours] of other.ours.entries())
      expect(ours).toBeGreaterThan(other.theirs[i]! - 1e-6)
  },
)

test('polynomial gives the powers and products of PolynomialFeatures', async () => {
  for (const [params, peer] of [
    [{degree: 3}, 'PolynomialFeatures(3, include_bias=False)'],
    [
      {degree: 3, only: 'interactions'},
      'PolynomialFeatures(3, interaction_only=True, include_bias=False)',
    ],
  ] as const) {
    const own = await apply('polynomial', {columns, ...params}, train, {test: test_})
    closeTo(
      own.test.map(row => Object.values(row)),
      await transformed(peer, {train: table(train), test: table(test_)}),
      1e-9,
    )
  }
})

test('pca gives the components of PCA, but for their sign', async () => {
  const own = await apply('pca', {columns, components: 3}, train, {test: test_})
  // Ours turns each component so that its largest weight is positive.
  const other = await python<{rows: number[][]; explained: number[]}>(
    `
import numpy as np
from sklearn.decomposition import PCA
model = PCA(3, svd_solver="full").fit(data["train"])
largest = np.take_along_axis(model.components_, np.abs(model.components_).argmax(axis=1)[:, None], 1)
result = {"rows": model.transform(data["test"]) * np.sign(largest).T, "explained": model.explained_variance_ratio_}
`,
    {train: table(train), test: table(test_)},
  )
  closeTo(table(own.test, ['pc1', 'pc2', 'pc3']), other.rows, 1e-8)
  closeTo([own.learned!.explained as number[]], [other.explained], 1e-9)
})

test.each(['mean', 'median'])('impute %s fills as SimpleImputer', async strategy => {
  const holes = (rows: Row[]) =>
    rows.map(row =>
      Object.fromEntries(Object.entries(row).map(([k, v]) => [k, next() < 0.2 ? null : v])),
    )
  const [given, asked] = [holes(train), holes(test_)]
  const own = await apply('impute', {columns, with: strategy}, given, {test: asked})
  const missing = (rows: Row[]) => table(rows).map(row => row.map(v => v ?? Number.NaN))
  const other = await transformed(`SimpleImputer(strategy="${strategy}")`, {
    train: missing(given),
    test: missing(asked),
  })
  closeTo(table(own.test), other, 1e-9)
})

const islands = ['Biscoe', 'Dream', 'Torgersen', 'îlot', 'été', 'z']
const categories = (rows: number, known: number) =>
  Array.from({length: rows}, () => ({
    island: islands[Math.floor(next() * known)]!,
    sex: next() < 0.5 ? 'female' : 'male',
  }))

test('one-hot and ordinal encode as OneHotEncoder and OrdinalEncoder, unseen categories too', async () => {
  const [given, asked] = [categories(120, 5), categories(60, 6)]
  const names = ['island', 'sex']
  const data = {train: table(given, names), test: table(asked, names)}
  expect(asked.some(row => row.island === 'z')).toBe(true)
  const hot = await apply('one-hot', {columns: names}, given, {test: asked})
  closeTo(
    hot.test.map(row => Object.values(row).map(Number)),
    await transformed('OneHotEncoder(handle_unknown="ignore")', data),
    0,
  )
  const placed = await apply('ordinal', {columns: names}, given, {test: asked})
  closeTo(
    table(placed.test, names),
    await transformed('OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)', data),
    0,
  )
})

test('target-encode gives new rows the means of TargetEncoder', async () => {
  const target = (rows: {island: string}[]) =>
    rows.map(row => ({...row, y: islands.indexOf(row.island) + normal(next)}))
  const [given, asked] = [target(categories(200, 5)), target(categories(60, 6))]
  const params = {columns: ['island'], target: 'y', smoothing: 12}
  const own = await apply('target-encode', params, given, {test: asked})
  const other = await python<number[][]>(
    `
from sklearn.preprocessing import TargetEncoder
model = TargetEncoder(smooth=12, target_type="continuous").fit(data["train"], data["y"])
result = model.transform(data["test"])
`,
    {train: table(given, ['island']), y: given.map(row => row.y), test: table(asked, ['island'])},
  )
  closeTo(table(own.test, ['island']), other, 1e-9)
})

test('text-counts and tf-idf weigh words as CountVectorizer and TfidfVectorizer', async () => {
  const words = ['Free', 'prize', 'LUNCH', 'às', 'três', 'you', 'win', '2024', 'today', 'free', 'a']
  const texts = (rows: number, known: number) =>
    Array.from({length: rows}, () => ({
      text: Array.from(
        {length: Math.floor(next() * 12)},
        () => words[Math.floor(next() * known)],
      ).join(next() < 0.5 ? ' ' : ', '),
    }))
  const [given, asked] = [texts(60, 9), texts(40, 11)]
  const lines = (rows: {text: string}[]) => rows.map(row => row.text)
  const data = {train: lines(given), test: lines(asked)}
  for (const [kind, params, peer] of [
    ['text-counts', {}, 'CountVectorizer()'],
    ['text-counts', {as: 'present'}, 'CountVectorizer(binary=True)'],
    ['tf-idf', {}, 'TfidfVectorizer()'],
    ['tf-idf', {norm: 'none', minRows: 20}, 'TfidfVectorizer(norm=None, min_df=20)'],
    ['tf-idf', {counts: 'log'}, 'TfidfVectorizer(sublinear_tf=True)'],
    ['tf-idf', {phrases: 2}, 'TfidfVectorizer(ngram_range=(1, 2))'],
    [
      'tf-idf',
      {phrases: 2, counts: 'log', minRows: 3, maxShare: 0.5},
      'TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=3, max_df=0.5)',
    ],
    ['text-counts', {phrases: 2}, 'CountVectorizer(ngram_range=(1, 2))'],
    ['text-counts', {accents: 'fold'}, 'CountVectorizer(strip_accents="unicode")'],
    ['text-counts', {stopWords: 'en'}, 'CountVectorizer(stop_words=["you"])'],
  ] as const) {
    const own = await apply(kind, {columns: ['text'], ...params}, given, {test: asked})
    closeTo(
      own.test.map(row => Object.values(row)),
      await transformed(peer, data),
      1e-9,
    )
  }
})
