// Cross-entropy of yes or no from one logit z: log(1 + exp(z)) − y·z, for y of 0 or 1.

import type {Loss} from '../loss.ts'
import {positive} from '../signs.ts'

export const binaryCrossEntropy: Loss = {
  name: 'binary-cross-entropy',
  logitsOf: 'sigmoid',
  examples: [
    {title: 'a sigmoid', outputs: 1, ends: 'sigmoid', targets: {classes: 2}},
    {title: 'a logit', outputs: 1, ends: 'linear', targets: {classes: 2}},
    {
      title: 'smoothed labels',
      outputs: 1,
      ends: 'sigmoid',
      targets: {classes: 2},
      recipe: {labelSmoothing: 0.2},
    },
  ],
  of(graph, {output, y, recipe: {labelSmoothing}}) {
    const op = graph.op.bind(graph)
    const last = graph.constant('int64', [-1])
    const float = (x: number) => graph.constant('float32', x)
    const own = op('Unsqueeze', [y, last])
    // Half of the share goes to each of the two (Szegedy et al., 2016).
    const truth =
      labelSmoothing > 0
        ? op('Add', [op('Mul', [own, float(1 - labelSmoothing)]), float(labelSmoothing / 2)])
        : own
    // log(1 + exp(z)) without an overflow: max(z, 0) + log(1 + exp(−|z|)).
    const power = op('Exp', [op('Neg', [op('Abs', [output])])])
    const soft = op('Add', [op('Relu', [output]), op('Log', [op('Add', [power, float(1)])])])
    return {
      rows: op('Squeeze', [op('Sub', [soft, op('Mul', [output, truth])]), last]),
      gradient: op('Sub', [op('Sigmoid', [output]), truth]),
    }
  },
  hits(graph, {output, y}) {
    const said = graph.op('Squeeze', [positive(graph, output), graph.constant('int64', [-1])])
    return graph.cast(graph.op('Equal', [said, y]), 'float32')
  },
}
