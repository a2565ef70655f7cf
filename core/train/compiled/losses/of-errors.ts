// Losses that look at nothing but the error, output − y, of each output.
import type {Graph, Tensor} from '../../../onnx/graph.ts'
import type {Recipe} from '../../recipe.ts'
import type {Loss, LossExample} from '../loss.ts'

/** Such a loss: `of` gives an error's loss and its derivative. Several outputs count by their mean. */
export const ofErrors = (
  name: Loss['name'],
  of: (graph: Graph, error: Tensor, recipe: Recipe) => {loss: Tensor; slope: Tensor},
  recipe: Partial<Recipe> = {},
): Loss => ({
  name,
  examples: [example('one number', 1, recipe), example('three numbers', 3, recipe)],
  of(graph, {output, outputs, y, recipe}) {
    const last = graph.constant('int64', [-1])
    const error = graph.op('Sub', [output, graph.op('Unsqueeze', [y, last])])
    const {loss, slope} = of(graph, error, recipe)
    return {
      rows: graph.op('ReduceMean', [loss, last], {keepdims: {int: 0}}),
      gradient:
        outputs === 1 ? slope : graph.op('Div', [slope, graph.constant('float32', outputs)]),
    }
  },
})

const example = (title: string, outputs: number, recipe: Partial<Recipe>): LossExample => ({
  title,
  outputs,
  ends: 'linear',
  targets: 'numbers',
  recipe,
})
