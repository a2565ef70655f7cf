// Stochastic gradient descent with momentum, as tfjs and PyTorch have it: v ← μv + g, w ← w − ηv.
import type {Optimizer} from '../optimizer.ts'

export const sgd: Optimizer = {
  name: 'sgd',
  decoupled: false,
  slots: ({momentum}) => (momentum > 0 ? [0] : []),
  perStep: (_, rate) => [rate],
  update(graph, {params, gradient, slots: [before], step: [rate], recipe: {momentum, nesterov}}) {
    const op = graph.op.bind(graph)
    const kept = (v: typeof gradient) => op('Mul', [v, graph.constant('float32', momentum)])
    const velocity = before ? op('Add', [kept(before), gradient]) : gradient
    const way = before && nesterov ? op('Add', [gradient, kept(velocity)]) : velocity
    return {
      params: op('Sub', [params, op('Mul', [way, rate!])]),
      slots: before ? [velocity] : [],
    }
  },
}
