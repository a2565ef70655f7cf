// Absolute error, |e|: learns the median.
import {sign} from '../signs.ts'
import {ofErrors} from './of-errors.ts'

export const absoluteError = ofErrors('absolute-error', (graph, error) => ({
  loss: graph.op('Abs', [error]),
  slope: sign(graph, error),
}))
