// RMSProp (Tieleman and Hinton, 2012) as tfjs has it: s ← ρs + (1 − ρ)g², w ← w − ηg / √(s + ε).
import type {Optimizer} from '../optimizer.ts'

export const rmsprop: Optimizer = {
  name: 'rmsprop',
  decoupled: false,
  slots: () => [0],
  perStep: (_, rate) => [rate],
  update(graph, {params, gradient, slots: [squares], step: [rate], recipe: {rho, epsilon}}) {
    const op = graph.op.bind(graph)
    const float = (x: number) => graph.constant('float32', x)
    const square = op('Mul', [op('Mul', [gradient, gradient]), float(1 - rho)])
    const s = op('Add', [op('Mul', [squares!, float(rho)]), square])
    const way = op('Div', [
      op('Mul', [gradient, rate!]),
      op('Sqrt', [op('Add', [s, float(epsilon)])]),
    ])
    return {params: op('Sub', [params, way]), slots: [s]}
  },
}
