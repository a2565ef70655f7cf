// A table inside an ONNX graph: named columns on their way from raw inputs to features.
import {AppError, didYouMean} from '../error.ts'
import {imageShape, pixelsOf} from '../schema/image.ts'
import type {Column, ColumnKind} from '../schema/table.ts'
import {says} from '../words/says.ts'
import type {Elem, Graph, Tensor} from './graph.ts'

/**
 * How a missing value stands in a graph. ONNX tensors have no null: numbers, booleans and dates are
 * float64 with NaN; text is a string with this private-use character.
 */
export const missingText = '\uE000'

/** A column: column `at` of a block [rows, width]. */
type Slot = {kind: ColumnKind; block: Tensor; at: number; width: number}

/**
 * The columns at one point of a preparation. Numbers, booleans (0 or 1) and dates (microseconds since
 * 1970, UTC) are float64 [rows, 1]; categories are string [rows, 1]; images are float32 [rows, pixels], 0 to 255,
 * and NaN where they are missing. Steps pass those on as they are.
 */
export class Frame {
  readonly graph: Graph
  readonly #slots = new Map<string, Slot>()

  constructor(graph: Graph) {
    this.graph = graph
  }

  /** A frame whose columns are the graph's own inputs, one [rows, 1] tensor each. */
  static ofInputs(graph: Graph, columns: readonly Column[]): Frame {
    const frame = new Frame(graph)
    for (const column of columns) {
      const {name, kind} = column
      frame.set(name, kind, graph.input(name, elemOf(kind), ['rows', widthOf(column)]))
    }
    return frame
  }

  get names(): string[] {
    return [...this.#slots.keys()]
  }

  kind(name: string): ColumnKind {
    return this.#slot(name).kind
  }

  /** One column as [rows, 1]. */
  get(name: string): Tensor {
    const {block, at, width} = this.#slot(name)
    if (width === 1) return block
    return this.graph.op('Gather', [block, this.graph.constant('int64', [at])], {axis: 1})
  }

  /** Several columns of one element type as one block [rows, names.length], in that order. */
  block(names: readonly string[]): Tensor {
    const runs: Tensor[] = []
    for (let i = 0; i < names.length; ) {
      const {block, at, width} = this.#slot(names[i]!)
      let n = 1
      while (i + n < names.length) {
        const next = this.#slot(names[i + n]!)
        if (next.block !== block || next.at !== at + n) break
        n++
      }
      runs.push(
        n === width
          ? block
          : this.graph.op(
              'Gather',
              [
                block,
                this.graph.constant(
                  'int64',
                  Array.from({length: n}, (_, j) => at + j),
                ),
              ],
              {axis: 1},
            ),
      )
      i += n
    }
    return runs.length === 1 ? runs[0]! : this.graph.op('Concat', runs, {axis: 1})
  }

  /** Adds or replaces one column; a replaced column keeps its place. */
  set(name: string, kind: ColumnKind, tensor: Tensor) {
    this.#slots.set(name, {kind, block: tensor, at: 0, width: 1})
  }

  /** Adds or replaces several columns at once by a block [rows, names.length]. */
  setBlock(names: readonly string[], kind: ColumnKind, block: Tensor) {
    for (const [at, name] of names.entries())
      this.#slots.set(name, {kind, block, at, width: names.length})
  }

  /**
   * Puts columns in the place of one: what a one-hot step does. With `after`, the column stays and the
   * new ones follow it.
   */
  replace(
    name: string,
    made: readonly string[],
    kind: ColumnKind,
    block: Tensor,
    {after = false} = {},
  ) {
    const slots = [...this.#slots]
    this.#slots.clear()
    for (const [key, slot] of slots) {
      if (key !== name || after) this.#slots.set(key, slot)
      if (key === name) this.setBlock(made, kind, block)
    }
  }

  delete(name: string) {
    this.#slots.delete(name)
  }

  /** Keeps these columns, in this order. */
  reorder(names: readonly string[]) {
    const slots = names.map(name => [name, this.#slot(name)] as const)
    this.#slots.clear()
    for (const [name, slot] of slots) this.#slots.set(name, slot)
  }

  rename(from: string, to: string) {
    this.renameAll({[from]: to})
  }

  /** Renames several columns at once, so that two may swap names. A column that is not there is passed over. */
  renameAll(names: Readonly<Record<string, string>>) {
    const slots = [...this.#slots]
    this.#slots.clear()
    for (const [name, slot] of slots)
      this.#slots.set(Object.hasOwn(names, name) ? names[name]! : name, slot)
  }

  /** bool [rows, 1]: where the column is missing. */
  missing(name: string): Tensor {
    const x = this.get(name)
    return x.elem === 'string'
      ? this.graph.op('Equal', [x, this.graph.constant('string', missingText)])
      : this.graph.op('IsNaN', [x])
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name)
    if (!slot)
      throw new AppError('no-column', says`no column named "${name}" in the graph`, {
        hint: didYouMean(name, this.#slots.keys()),
      })
    return slot
  }
}

/** How a kind of column stands in a graph. */
export const elemOf = (kind: ColumnKind): Elem =>
  kind === 'category' ? 'string' : kind === 'image' ? 'float32' : 'float64'

/** How many numbers a row of a column has in a graph. */
export function widthOf({type}: Column): number {
  const shape = imageShape(type)
  return shape ? pixelsOf(shape) : 1
}
