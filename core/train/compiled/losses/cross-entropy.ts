// Cross-entropy of one class out of several, from logits: log Σ exp(z) − z of the class.
import type {Loss} from '../loss.ts'

export const crossEntropy: Loss = {
  name: 'cross-entropy',
  logitsOf: 'softmax',
  examples: [
    {title: 'a softmax', outputs: 3, ends: 'softmax', targets: {classes: 3}},
    {title: 'logits', outputs: 3, ends: 'linear', targets: {classes: 3}},
    {
      title: 'smoothed labels',
      outputs: 4,
      ends: 'softmax',
      targets: {classes: 4},
      recipe: {labelSmoothing: 0.1},
    },
  ],
  of(graph, {output, outputs, y, recipe: {labelSmoothing}}) {
    const op = graph.op.bind(graph)
    const last = graph.constant('int64', [-1])
    const float = (x: number) => graph.constant('float32', x)
    const classes = graph.constant(
      'float32',
      Float32Array.from({length: outputs}, (_, k) => k),
    )
    const own = graph.cast(op('Equal', [op('Unsqueeze', [y, last]), classes]), 'float32')
    // A share of the truth is spread over all classes (Szegedy et al., 2016).
    const truth =
      labelSmoothing > 0
        ? op('Add', [op('Mul', [own, float(1 - labelSmoothing)]), float(labelSmoothing / outputs)])
        : own
    const shifted = op('Sub', [output, op('ReduceMax', [output, last])])
    const powers = op('Exp', [shifted])
    const sum = op('ReduceSum', [powers, last])
    const logOf = op('Sub', [shifted, op('Log', [sum])])
    const flat = {keepdims: {int: 0}}
    return {
      rows: op('Neg', [op('ReduceSum', [op('Mul', [truth, logOf]), last], flat)]),
      gradient: op('Sub', [op('Div', [powers, sum]), truth]),
    }
  },
  // The first of the largest, in floats: ArgMax gives an int64, which would leave the GPU.
  hits(graph, {output, outputs, y}) {
    const op = graph.op.bind(graph)
    const last = graph.constant('int64', [-1])
    const less = graph.cast(op('Less', [output, op('ReduceMax', [output, last])]), 'float32')
    const classes = graph.constant(
      'float32',
      Float32Array.from({length: outputs}, (_, k) => k),
    )
    const places = op('Add', [op('Mul', [less, graph.constant('float32', outputs)]), classes])
    const said = op('ReduceMin', [places, last], {keepdims: {int: 0}})
    return graph.cast(op('Equal', [said, y]), 'float32')
  },
}
