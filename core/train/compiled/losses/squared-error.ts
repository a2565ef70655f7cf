// Squared error.
import type {Loss} from '../loss.ts'

export const squaredError: Loss = {
  name: 'squared-error',
  of(graph, {output, y}) {
    const last = graph.constant('int64', [-1])
    const error = graph.op('Sub', [output, graph.op('Unsqueeze', [y, last])])
    const square = graph.op('Mul', [error, error])
    return {
      rows: graph.op('ReduceMean', [square, last], {keepdims: {int: 0}}),
      gradient: graph.op('Add', [error, error]),
    }
  },
}
