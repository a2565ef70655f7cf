// What a loss is: the form of the files in `losses/`.
import type {Graph, Tensor} from '../../onnx/graph.ts'
import type {Recipe} from '../recipe.ts'

/** A network's answers: `output` is [rows, outputs] (with trials: [trials, rows, outputs]), `y` float32 [rows]. */
export type Answers = {output: Tensor; outputs: number; y: Tensor; recipe: Recipe}

export type Loss = {
  name: Recipe['loss']
  /** Reads what this activation was taken of, where the network ends in it; any other end as logits. */
  logitsOf?: 'softmax' | 'sigmoid'
  /**
   * The loss of each row, [rows] or [trials, rows], and its derivative by the output, in the output's shape.
   */
  of: (graph: Graph, answers: Answers) => {rows: Tensor; gradient: Tensor}
  /** Of a classifier: 1 for each row that was told rightly and 0 for the others, [rows] or [trials, rows]. */
  hits?: (graph: Graph, answers: Answers) => Tensor
  /** Networks that end in it: each is compared with tfjs and with finite differences. */
  examples: readonly [LossExample, ...LossExample[]]
}

export type LossExample = {
  title: string
  outputs: number
  /** What the network ends in. */
  ends: 'softmax' | 'sigmoid' | 'softplus' | 'linear'
  /** What the targets are: so many classes, any numbers, or counts. */
  targets: {classes: number} | 'numbers' | 'counts'
  recipe?: Partial<Recipe>
}
