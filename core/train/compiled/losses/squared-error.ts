// Squared error, e²: learns the mean.
import {ofErrors} from './of-errors.ts'

export const squaredError = ofErrors('squared-error', (graph, error) => ({
  loss: graph.op('Mul', [error, error]),
  slope: graph.op('Add', [error, error]),
}))
