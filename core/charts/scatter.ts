import type {ChartSpec} from './spec.ts'

/** One point a row; a text on an axis stands as a category. */
export type ScatterPoint = {label: string; x: string | number; y: string | number}

export function scatter(
  points: readonly ScatterPoint[],
  words: {label: string; x: string; y: string},
): ChartSpec {
  const type = (of: 'x' | 'y') =>
    points.every(point => typeof point[of] === 'number') ? 'quantitative' : 'nominal'
  return {
    data: {values: points.map(({label, x, y}) => ({label, x, y}))},
    usermeta: {columns: {label: words.label, x: words.x, y: words.y}},
    mark: {type: 'point', size: 50},
    encoding: {
      x: {field: 'x', type: type('x'), title: words.x, scale: zeroless(type('x'))},
      y: {field: 'y', type: type('y'), title: words.y, scale: zeroless(type('y'))},
      tooltip: [{field: 'label'}, {field: 'x', title: words.x}, {field: 'y', title: words.y}],
    },
  }
}

const zeroless = (type: string) => (type === 'quantitative' ? {zero: false} : {})
