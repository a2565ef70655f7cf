// Gated recurrent units (Cho et al., 2014), which reset the state before it is multiplied.
import {type Cell, recurrentLayer} from '../recurrence.ts'

const cell: Cell = {
  op: 'GRU',
  order: [0, 1, 2],
  step(graph, {sums, h: before, c, kernel, units}, {gate, state}) {
    const op = graph.op.bind(graph)
    const axis = {int: -1}
    const sizes = graph.constant('int64', [2 * units, units])
    const [forGates, forState] = graph.ops('Split', [kernel, sizes], 2, {axis})
    const [gateSums, stateSums] = graph.ops('Split', [sums, sizes], 2, {axis})
    const gates = op('Gemm', [before, forGates!, gateSums!])
    const open = gate.of(graph, gates)
    const halves = graph.constant('int64', [units, units])
    const [keep, reset] = graph.ops('Split', [open, halves], 2, {axis})
    const rest = op('Mul', [reset!, before])
    const inner = op('Gemm', [rest, forState!, stateSums!])
    const fresh = state.of(graph, inner)
    const away = op('Sub', [before, fresh])
    return {
      h: op('Add', [fresh, op('Mul', [keep!, away])]),
      c,
      back(dh, dc) {
        const kept = op('Mul', [dh, keep!])
        const dInner = state.back(graph, op('Sub', [dh, kept]), {x: inner, y: fresh})
        const dRest = op('Gemm', [dInner, forState!], {transB: {int: 1}})
        const dOpen = op('Concat', [op('Mul', [dh, away]), op('Mul', [dRest, before])], {axis})
        const dGates = gate.back(graph, dOpen, {x: gates, y: open})
        const direct = op('Add', [kept, op('Mul', [dRest, reset!])])
        return {
          sums: op('Concat', [dGates, dInner], {axis}),
          h: op('Add', [direct, op('Gemm', [dGates, forGates!], {transB: {int: 1}})]),
          c: dc,
          kernel: [
            [before, dGates],
            [rest, dInner],
          ],
        }
      },
    }
  },
}

export const gru = recurrentLayer('GRU', (tf, config) => tf.layers.gru(config), cell)
