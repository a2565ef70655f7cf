// The pinball loss (Koenker and Bassett, 1978), which learns the quantile q: (1 − q)·e above it, −q·e below.
import {positive} from '../signs.ts'
import {ofErrors} from './of-errors.ts'

export const quantile = ofErrors(
  'quantile',
  (graph, error, {quantile}) => {
    const slope = graph.op('Sub', [positive(graph, error), graph.constant('float32', quantile)])
    return {loss: graph.op('Mul', [error, slope]), slope}
  },
  {quantile: 0.8},
)
