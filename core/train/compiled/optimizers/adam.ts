// Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019): steps by running moments.
import type {Tensor} from '../../../onnx/graph.ts'
import type {Optimizer} from '../optimizer.ts'

const form: Omit<Optimizer, 'name' | 'decoupled'> = {
  slots: () => [0, 0],
  // The corrections of both moments for having begun at zero.
  perStep: ({beta1, beta2}, rate, t) => [rate / (1 - beta1 ** t), 1 / Math.sqrt(1 - beta2 ** t)],
  update(graph, {params, gradient, slots: [first, second], step: [rate, root], recipe}) {
    const op = (type: string, ...of: [Tensor, ...Tensor[]]) => graph.op(type, of)
    const float = (x: number) => graph.constant('float32', x)
    const {beta1, beta2, epsilon} = recipe
    const square = op('Mul', gradient, gradient)
    const m = op('Add', op('Mul', first!, float(beta1)), op('Mul', gradient, float(1 - beta1)))
    const v = op('Add', op('Mul', second!, float(beta2)), op('Mul', square, float(1 - beta2)))
    const spread = op('Add', op('Mul', op('Sqrt', v), root!), float(epsilon))
    const way = op('Div', op('Mul', m, rate!), spread)
    return {params: op('Sub', params, way), slots: [m, v]}
  },
}

export const adam: Optimizer = {...form, name: 'adam', decoupled: false}
export const adamw: Optimizer = {...form, name: 'adamw', decoupled: true}
