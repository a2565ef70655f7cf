// Lion (Chen et al., 2023, algorithm 2): w ← w − η·sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g.
import type {Tensor} from '../../../onnx/graph.ts'
import type {Optimizer} from '../optimizer.ts'
import {sign} from '../signs.ts'

export const lion: Optimizer = {
  name: 'lion',
  decoupled: true,
  slots: () => [0],
  perStep: (_, rate) => [rate],
  update(graph, {params, gradient, slots: [momentum], step: [rate], recipe: {beta1, beta2}}) {
    const op = graph.op.bind(graph)
    const float = (x: number) => graph.constant('float32', x)
    const between = (m: Tensor, beta: number) =>
      op('Add', [op('Mul', [m, float(beta)]), op('Mul', [gradient, float(1 - beta)])])
    const way = sign(graph, between(momentum!, beta1))
    return {
      params: op('Sub', [params, op('Mul', [way, rate!])]),
      slots: [between(momentum!, beta2)],
    }
  },
}
