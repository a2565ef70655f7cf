// Long short-term memory (Hochreiter and Schmidhuber, 1997), with the gates as tfjs orders them.
import {type Cell, recurrentLayer} from '../recurrence.ts'

// Input gate, forget gate, what is put in, output gate; ONNX has the output gate second.
const cell: Cell = {
  op: 'LSTM',
  order: [0, 3, 1, 2],
  step(graph, {sums, h: before, c: kept, kernel, units}, {gate, state}) {
    const op = graph.op.bind(graph)
    const all = op('Gemm', [before, kernel, sums])
    const sizes = graph.constant('int64', [units, units, units, units])
    const parts = graph.ops('Split', [all, sizes], 4, {axis: {int: -1}})
    const likes = [gate, gate, state, gate]
    const made = parts.map((x, k) => likes[k]!.of(graph, x))
    const [input, forget, put, output] = made as [typeof all, typeof all, typeof all, typeof all]
    const c = op('Add', [op('Mul', [forget, kept]), op('Mul', [input, put])])
    const shown = state.of(graph, c)
    return {
      h: op('Mul', [output, shown]),
      c,
      back(dh, dc) {
        const through = state.back(graph, op('Mul', [dh, output]), {x: c, y: shown})
        const d = op('Add', [through, dc])
        const gradients = [
          op('Mul', [d, put]),
          op('Mul', [d, kept]),
          op('Mul', [d, input]),
          op('Mul', [dh, shown]),
        ]
        const sums = op(
          'Concat',
          gradients.map((dy, k) => likes[k]!.back(graph, dy, {x: parts[k]!, y: made[k]!})),
          {axis: {int: -1}},
        )
        return {
          sums,
          h: op('Gemm', [sums, kernel], {transB: {int: 1}}),
          c: op('Mul', [d, forget]),
          kernel: [[before, sums]],
        }
      },
    }
  },
}

export const lstm = recurrentLayer('LSTM', (tf, config) => tf.layers.lstm(config), cell)
