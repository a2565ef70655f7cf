// A profile's figures beside those of numpy and scipy, on awkward columns.
import {expect, test} from 'vitest'
import {profile} from '../../core/data/profile/index.ts'
import type {ColumnProfile, Correlation} from '../../core/schema/profile.ts'
import {python} from '../support/python.ts'
import {normal, random} from '../support/random.ts'
import {session} from '../support/step.ts'
import {tableOf} from '../support/table.ts'

const next = random(11)
const rows = Array.from({length: 400}, (_, i) => {
  const z = normal(next)
  return {
    plain: 50 + 8 * z,
    curved: Math.exp(2 * z + normal(next)),
    tied: Math.round(z * 2),
    far: 1e12 + normal(next),
    small: normal(next) * 1e-9,
    gaps: i % 7 === 3 ? null : z + normal(next),
    city: `c${Math.floor(next() * 5 + (z > 0 ? 3 : 0))}`,
    side: next() < 0.3 ? (z > 0 ? 'up' : 'down') : 'none',
  }
})
const numbers = ['plain', 'curved', 'tied', 'far', 'small', 'gaps'] as const
const types = Object.fromEntries(numbers.map(n => [n, 'DOUBLE']))

const peer = `
import numpy as np
from scipy import stats
columns = {k: np.array(v, dtype=float) for k, v in data["numbers"].items()}
result = {"columns": {}, "pairs": []}
for name, x in columns.items():
    x = x[~np.isnan(x)]
    q1, q3 = np.quantile(x, [0.25, 0.75])
    # scipy loses a spread that is far from zero.
    near = x - x[0]
    result["columns"][name] = {
        "mean": x.mean(), "sd": near.std(ddof=1), "skewness": stats.skew(near), "distinct": len(np.unique(x)),
        "quantiles": np.quantile(x, data["p"]),
        "outliers": int(((x < q1 - 1.5 * (q3 - q1)) | (x > q3 + 1.5 * (q3 - q1))).sum()),
    }
names = list(columns)
for i, a in enumerate(names):
    for b in names[i + 1:]:
        x, y = columns[a], columns[b]
        both = ~np.isnan(x) & ~np.isnan(y)
        result["pairs"].append([a, b, "pearson", stats.pearsonr(x[both] - x[0], y[both] - y[0])[0]])
        if both.all(): result["pairs"].append([a, b, "spearman", stats.spearmanr(x, y)[0]])
a, b = [np.unique(data[k], return_inverse=True)[1] for k in ("city", "side")]
table = np.zeros((a.max() + 1, b.max() + 1))
np.add.at(table, (a, b), 1)
n, (r, k) = table.sum(), table.shape
phi2 = stats.chi2_contingency(table, correction=False)[0] / n
phi2, r2, k2 = max(0, phi2 - (r - 1) * (k - 1) / (n - 1)), r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)
result["pairs"].append(["city", "side", "cramers-v", np.sqrt(phi2 / min(r2 - 1, k2 - 1))])
for code, category in ((a, "city"), (b, "side")):
    for name, x in columns.items():
        known = ~np.isnan(x)
        groups = [x[known & (code == g)] - x[0] for g in range(code.max() + 1)]
        f = stats.f_oneway(*groups)[0]
        within = known.sum() - len(groups)
        result["pairs"].append([category, name, "correlation-ratio", np.sqrt(f * (len(groups) - 1) / (f * (len(groups) - 1) + within))])
`

type Peer = {
  columns: Record<
    string,
    {
      mean: number
      sd: number
      skewness: number
      distinct: number
      quantiles: number[]
      outliers: number
    }
  >
  pairs: [string, string, Correlation['measure'], number][]
}

test('moments, quantiles, outliers and every correlation are those of numpy and scipy', async () => {
  const db = await session()
  const task = {signal: new AbortController().signal, tell: () => {}}
  const own = await profile(db, await tableOf(db, rows, types), task)
  const find = (name: string) =>
    own.columns.find(c => c.name === name) as Extract<ColumnProfile, {kind: 'number'}>
  const p = find('plain').numbers!.quantiles.map(q => q.p)
  const columns = Object.fromEntries(
    numbers.map(name => [name, rows.map(row => row[name] ?? Number.NaN)]),
  )
  const other = await python<Peer>(peer, {
    p,
    numbers: columns,
    city: rows.map(r => r.city),
    side: rows.map(r => r.side),
  })
  const off: unknown[] = []
  const compare = (what: string, a: number, b: number, tolerance: number) => {
    if (!(Math.abs(a - b) <= tolerance * Math.max(1e-9, Math.abs(b)))) off.push([what, a, b])
  }
  for (const [name, theirs] of Object.entries(other.columns)) {
    const {distinct, numbers: ours} = find(name)
    expect([distinct, ours!.outliers.count], name).toEqual([theirs.distinct, theirs.outliers])
    compare(`mean of ${name}`, ours!.mean, theirs.mean, 1e-9)
    compare(`sd of ${name}`, ours!.sd, theirs.sd, 1e-9)
    compare(`skewness of ${name}`, ours!.skewness, theirs.skewness, 1e-9)
    for (const [i, q] of ours!.quantiles.entries())
      compare(`quantile ${q.p} of ${name}`, q.value, theirs.quantiles[i]!, 1e-12)
  }
  for (const [a, b, measure, theirs] of other.pairs) {
    const found = own.correlations.find(c => c.a === a && c.b === b && c.measure === measure)
    compare(`${measure} of ${a} and ${b}`, found?.value ?? Number.NaN, theirs, 1e-9)
  }
  expect(off).toEqual([])
  expect(other.pairs.length).toBe(15 + 10 + 1 + 12)
})
