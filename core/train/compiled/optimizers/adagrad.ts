// Adagrad (Duchi et al., 2011) as tfjs has it: s ← s + g² from 0.1 on, w ← w − ηg / √(s + ε).
import type {Optimizer} from '../optimizer.ts'

/** tfjs takes no other: its backends' own. */
const epsilon = 1e-7

export const adagrad: Optimizer = {
  name: 'adagrad',
  decoupled: false,
  slots: () => [0.1],
  perStep: (_, rate) => [rate],
  update(graph, {params, gradient, slots: [squares], step: [rate]}) {
    const op = graph.op.bind(graph)
    const s = op('Add', [squares!, op('Mul', [gradient, gradient])])
    const root = op('Sqrt', [op('Add', [s, graph.constant('float32', epsilon)])])
    return {
      params: op('Sub', [params, op('Mul', [op('Div', [gradient, root]), rate!])]),
      slots: [s],
    }
  },
}
