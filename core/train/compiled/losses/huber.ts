// Huber's loss (1964): ½e² up to `delta`, and beyond it δ·|e| − ½δ², so that outliers pull no harder.
import {ofErrors} from './of-errors.ts'

export const huber = ofErrors(
  'huber',
  (graph, error, {delta}) => {
    const float = (x: number) => graph.constant('float32', x)
    const slope = graph.op('Clip', [error, float(-delta), float(delta)])
    // With the error cut off at delta, c, both branches are c·(e − ½c).
    const half = graph.op('Mul', [slope, float(0.5)])
    return {loss: graph.op('Mul', [slope, graph.op('Sub', [error, half])]), slope}
  },
  {delta: 0.3},
)
