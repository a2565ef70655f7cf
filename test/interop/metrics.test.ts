// Every metric and curve beside scikit-learn's, to nine digits.
import {beforeAll, describe, expect, test} from 'vitest'
import type {Battery} from '../../core/evaluate/battery.ts'
import {meanOf, ones} from '../../core/evaluate/battery.ts'
import {bootstrap} from '../../core/evaluate/bootstrap.ts'
import {calibration} from '../../core/evaluate/calibration.ts'
import {classificationBattery} from '../../core/evaluate/classification.ts'
import {precisionRecallCurve} from '../../core/evaluate/precision-recall-curve.ts'
import {columnOf, ranking} from '../../core/evaluate/ranking.ts'
import {regressionBattery} from '../../core/evaluate/regression.ts'
import {roc} from '../../core/evaluate/roc.ts'
import {silhouette} from '../../core/evaluate/silhouette.ts'
import {python} from '../support/python.ts'
import {classificationCases, clusterings, regressionCases} from './datasets.ts'

const tolerance = 1e-9
type Values = Record<string, number>

/** Every metric of every case, ours as the peer's. */
const valuesOf = <C extends {w: Float64Array}>(
  cases: C[],
  batteryOf: (c: C) => Battery,
): Values[] =>
  cases.map(c => {
    const battery = batteryOf(c)
    const values = battery.at(c.w)
    return Object.fromEntries(battery.metrics.map(({name}, m) => [name, values[m]!]))
  })

/** Where ours and the peer's value of a metric differ, as text; both undefined is agreement. */
const differences = (metric: string, cases: {name: string}[], ours: Values[], peer: Values[]) =>
  cases.flatMap(({name}, i) => {
    if (!(metric in ours[i]!)) return []
    const own = ours[i]![metric]!
    const other = peer[i]![metric]!
    if (Number.isNaN(own) && Number.isNaN(other)) return []
    return Math.abs(own - other) <= tolerance * Math.max(1, Math.abs(other))
      ? []
      : [`${name}: ${own}, scikit-learn ${other}`]
  })

describe('classification', () => {
  const cases = classificationCases()
  const ours = valuesOf(cases, ({y, p, classes}) => classificationBattery(y, p, classes))
  let peer: Values[] = []

  beforeAll(async () => {
    peer = await python<Values[]>(
      `
import warnings
import numpy as np
from sklearn import metrics as m
warnings.filterwarnings("ignore")

def averaged(of, y, p, w, classes):
    ranked = [1] if classes == 2 else range(classes)
    values = [of(y == k, p[:, k], w) for k in ranked]
    values = [v for v in values if not np.isnan(v)]
    return np.mean(values) if values else np.nan

def auc(t, s, w):
    return m.roc_auc_score(t, s, sample_weight=w) if 0 < t.sum() < len(t) else np.nan

def ap(t, s, w):
    return m.average_precision_score(t, s, sample_weight=w) if t.any() else np.nan

def ece(y, p, w):
    hit, conf = p.argmax(axis=1) == y, p.max(axis=1)
    edges = np.arange(1, 10) / 10
    bin = np.searchsorted(edges, conf, side="left")
    gaps = [abs(np.sum(w[bin == b] * (conf - hit)[bin == b])) for b in range(10)]
    return np.sum(gaps) / w.sum()

def top(y, p, w, classes, k):
    # scikit-learn lets the later of two equal classes win, so both are turned round.
    return m.top_k_accuracy_score(classes - 1 - y, p[:, ::-1], k=k, labels=range(classes), sample_weight=w)

def measure(c):
    classes = c["classes"]
    y, w = np.array(c["y"]), np.array(c["w"])
    p = np.array(c["p"]).reshape(-1, classes)
    said = p.argmax(axis=1)
    kw = dict(sample_weight=w)
    prf = {a: m.precision_recall_fscore_support(y, said, average=a, zero_division=0, **kw) for a in ["macro", "weighted", "micro"]}
    clipped = np.clip(p, 2.0 ** -23, 1 - 2.0 ** -23)
    r = dict(
        accuracy=m.accuracy_score(y, said, **kw),
        balanced_accuracy=m.balanced_accuracy_score(y, said, **kw),
        macro_precision=prf["macro"][0], macro_recall=prf["macro"][1], macro_f1=prf["macro"][2],
        micro_f1=prf["micro"][2],
        weighted_precision=prf["weighted"][0], weighted_recall=prf["weighted"][1], weighted_f1=prf["weighted"][2],
        mcc=m.matthews_corrcoef(y, said, **kw),
        kappa=m.cohen_kappa_score(y, said, labels=range(classes), **kw),
        roc_auc=averaged(auc, y, p, w, classes),
        pr_auc=averaged(ap, y, p, w, classes),
        log_loss=m.log_loss(y, clipped, labels=range(classes), **kw),
        ece=ece(y, p, w),
    )
    if len(np.unique(y)) == classes > 2:
        r["roc_auc"] = m.roc_auc_score(y, p, multi_class="ovr", average="macro", **kw)
    if classes == 2:
        r["brier"] = m.brier_score_loss(y, p[:, 1], pos_label=1, **kw)
        r["precision"], r["recall"], r["f1"], _ = m.precision_recall_fscore_support(y, said, average="binary", zero_division=0, **kw)
    else:
        r["brier"] = np.average(((p - np.eye(classes)[y]) ** 2).sum(axis=1), weights=w)
    for k in [3, 5]:
        if k < classes: r[f"top_{k}_accuracy"] = top(y, p, w, classes, k)
    return {k: float(v) for k, v in r.items()}

result = [measure(c) for c in data]
`,
      cases,
    )
  })

  const names = new Set(ours.flatMap(Object.keys))
  test.each([...names])('%s agrees with scikit-learn', metric => {
    expect(differences(metric, cases, ours, peer)).toEqual([])
  })

  test('the ROC and precision–recall curves run through all of scikit-learn’s points', async () => {
    const two = cases.filter(c => c.classes === 2 && new Set(c.y).size === 2)
    const curves = await python<{roc: [number, number][]; pr: [number, number][]}[]>(
      `
import numpy as np
from sklearn.metrics import roc_curve, precision_recall_curve
result = []
for c in data:
    y, w, s = np.array(c["y"]), np.array(c["w"]), np.array(c["p"])[1::2]
    x, t, _ = roc_curve(y, s, sample_weight=w, drop_intermediate=False)
    p, r, _ = precision_recall_curve(y, s, sample_weight=w)
    result.append({"roc": list(zip(x, t)), "pr": list(zip(r, p))})
`,
      two,
    )
    for (const [i, {y, p, w}] of two.entries()) {
      const ranked = ranking(columnOf(p, 2, 1), y, 1)
      const own = {roc: roc('', ranked, w)!, pr: precisionRecallCurve('', ranked, w)!}
      for (const kind of ['roc', 'pr'] as const) {
        const off = curves[i]![kind].filter(point => distance(point, own[kind]) > tolerance)
        expect(off, `${kind} of ${two[i]!.name}`).toEqual([])
      }
    }
  })

  test('calibration bins agree with scikit-learn’s', async () => {
    const two = cases.filter(c => c.classes === 2 && !c.name.endsWith('weighted'))
    const curves = await python<{x: number[]; y: number[]}[]>(
      `
import numpy as np
from sklearn.calibration import calibration_curve
result = []
for c in data:
    y, x = calibration_curve(np.array(c["y"]) == 1, np.array(c["p"])[1::2], n_bins=10, pos_label=True)
    result.append({"x": x, "y": y})
`,
      two,
    )
    for (const [i, {y, p, w}] of two.entries()) {
      const forecast = {probability: columnOf(p, 2, 1), happened: Uint8Array.from(y)}
      const own = calibration('', forecast, w)
      expect(own.x.length, two[i]!.name).toBe(curves[i]!.x.length)
      for (const [b, x] of own.x.entries()) {
        expect(x).toBeCloseTo(curves[i]!.x[b]!, 9)
        expect(own.y[b]).toBeCloseTo(curves[i]!.y[b]!, 9)
      }
    }
  })
})

describe('regression', () => {
  const cases = regressionCases()
  const ours = valuesOf(cases, ({y, p}) => regressionBattery(y, p))
  let peer: Values[] = []

  beforeAll(async () => {
    peer = await python<Values[]>(
      `
import numpy as np
from sklearn import metrics as m

def measure(c):
    y, p, kw = np.array(c["y"]), np.array(c["p"]), dict(sample_weight=np.array(c["w"]))
    return dict(
        rmse=float(m.root_mean_squared_error(y, p, **kw)),
        mae=float(m.mean_absolute_error(y, p, **kw)),
        mape=float(m.mean_absolute_percentage_error(y, p, **kw)),
        r2=float(m.r2_score(y, p, **kw)),
        quantile_loss_10=float(m.mean_pinball_loss(y, p, alpha=0.1, **kw)),
        quantile_loss_90=float(m.mean_pinball_loss(y, p, alpha=0.9, **kw)),
    )

result = [measure(c) for c in data]
`,
      cases,
    )
  })

  test.each(Object.keys(ours[0]!))('%s agrees with scikit-learn', metric => {
    expect(differences(metric, cases, ours, peer)).toEqual([])
  })
})

test('silhouettes agree with scikit-learn row by row', async () => {
  const cases = clusterings()
  const peer = await python<number[][]>(
    `
import numpy as np
from sklearn.metrics import silhouette_samples
result = [silhouette_samples(np.array(c["x"]).reshape(-1, c["features"]), c["cluster"]) for c in data]
`,
    cases,
  )
  for (const [i, {x, features, cluster}] of cases.entries()) {
    const own = await silhouette(x, features, cluster)
    for (const [row, value] of own.entries()) expect(value).toBeCloseTo(peer[i]![row]!, 9)
  }
})

test('a bootstrap interval of a mean lies where scipy’s lies', async () => {
  const {p} = regressionCases()[0]!
  const interval = await bootstrap(
    {rows: p.length, metrics: [{name: 'mean', better: 'high'}], at: w => [meanOf(p)(w)]},
    ones(p.length),
    {seed: 1, level: 0.9, repeats: 20_000},
    {signal: new AbortController().signal, tell: () => {}},
  )
  const [low, high] = await python<[number, number]>(
    `
import numpy as np
from scipy.stats import bootstrap
r = bootstrap((np.array(data),), np.mean, n_resamples=20000, confidence_level=0.9, method="percentile", random_state=1)
result = [r.confidence_interval.low, r.confidence_interval.high]
`,
    p,
  )
  // Both ends are random: a 20,000-repeat 5% quantile moves by about 1% of the interval's width.
  const width = high - low
  expect(Math.abs(interval[0]!.low! - low)).toBeLessThan(0.05 * width)
  expect(Math.abs(interval[0]!.high! - high)).toBeLessThan(0.05 * width)
})

/** The distance of a point from a polyline. */
function distance([px, py]: [number, number], {x, y}: {x: number[]; y: number[]}): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 1; i < x.length; i++) {
    const [ax, ay] = [x[i - 1]!, y[i - 1]!]
    const [dx, dy] = [x[i]! - ax, y[i]! - ay]
    const length = dx * dx + dy * dy
    const t = length > 0 ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length)) : 0
    least = Math.min(least, Math.hypot(px - ax - t * dx, py - ay - t * dy))
  }
  return least
}
