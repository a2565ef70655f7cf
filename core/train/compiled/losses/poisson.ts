// Poisson's loss for counts, as Keras has it: p − y·log(p + ε), of a rate p. The network must end in an
// activation that gives no negative numbers, such as softplus; log p itself would need one that tfjs lacks.
import type {Loss} from '../loss.ts'

/** Keras's and tfjs's own epsilon. */
const epsilon = 1e-7

export const poisson: Loss = {
  name: 'poisson',
  examples: [
    {title: 'one rate', outputs: 1, ends: 'softplus', targets: 'counts'},
    {title: 'three rates', outputs: 3, ends: 'softplus', targets: 'counts'},
  ],
  of(graph, {output, outputs, y}) {
    const op = graph.op.bind(graph)
    const last = graph.constant('int64', [-1])
    const float = (x: number) => graph.constant('float32', x)
    const counts = op('Unsqueeze', [y, last])
    const rate = op('Add', [op('Relu', [output]), float(epsilon)])
    const loss = op('Sub', [output, op('Mul', [counts, op('Log', [rate])])])
    const slope = op('Sub', [float(1), op('Div', [counts, rate])])
    return {
      rows: op('ReduceMean', [loss, last], {keepdims: {int: 0}}),
      gradient: op('Div', [slope, float(outputs)]),
    }
  },
}
