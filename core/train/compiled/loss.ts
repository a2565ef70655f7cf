// What a loss is: the form of the files in `losses/`.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import type {Recipe} from '../recipe.ts'

export type Loss = {
  name: Recipe['loss']
  /** Reads what this activation was taken of, where the network ends in it. */
  logitsOf?: 'softmax' | 'sigmoid'
  /**
   * `output` is [rows, outputs] (with trials: [trials, rows, outputs]), `y` float32 [rows]. Gives the loss
   * of each row, [rows] or [trials, rows], and its derivative by the output, in the output's shape.
   */
  of: (
    graph: Graph,
    given: {output: Tensor; outputs: number; y: Tensor; recipe: Recipe},
  ) => {rows: Tensor; gradient: Tensor}
}
