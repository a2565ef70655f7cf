// ROC, precision and recall, calibration, lift and gain: lines over [0, 1] with the line of knowing nothing.
import type {Series} from '../schema/report.ts'
import {bySeries, type ChartSpec} from './spec.ts'

export const curveNames = ['roc', 'pr', 'calibration', 'lift', 'gain'] as const
export type CurveName = (typeof curveNames)[number]

/** Where a model that knows nothing lies; a PR curve has none that holds for every class. */
const reference: Record<CurveName, [number, number][] | undefined> = {
  roc: [
    [0, 0],
    [1, 1],
  ],
  pr: undefined,
  calibration: [
    [0, 0],
    [1, 1],
  ],
  lift: [
    [0, 1],
    [1, 1],
  ],
  gain: [
    [0, 0],
    [1, 1],
  ],
}

/** `area` writes the area beside a series' label, such as `(0.98)`. */
export function reportCurve(
  name: CurveName,
  series: readonly Series[],
  {x, y, area}: {x: string; y: string; area: (n: number) => string},
): ChartSpec {
  const label = (s: Series) => (s.area === undefined ? s.label : `${s.label} (${area(s.area)})`)
  const values = series.flatMap(s => s.x.map((px, i) => ({series: label(s), x: px, y: s.y[i]!})))
  const top = name === 'lift' ? {} : {domain: [0, 1]}
  const line = reference[name]
  return {
    data: {values},
    usermeta: {columns: {series: '', x, y}},
    layer: [
      ...(line
        ? [
            {
              data: {values: line.map(([px, py]) => ({x: px, y: py}))},
              mark: {type: 'line', strokeDash: [2, 3], strokeWidth: 1, color: '#8a949c'},
              encoding: axes(x, y, top),
            },
          ]
        : []),
      {
        mark: {type: 'line', point: name === 'calibration', interpolate: 'linear'},
        encoding: {
          ...axes(x, y, top),
          ...bySeries('series'),
          // In the order given: a vertical piece of a ROC curve has many points of one x.
          order: null,
        },
      },
    ],
  }
}

const axes = (x: string, y: string, scale: object) => ({
  x: {field: 'x', type: 'quantitative', title: x, scale: {domain: [0, 1]}},
  y: {field: 'y', type: 'quantitative', title: y, scale},
})
