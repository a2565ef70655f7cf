// A step's ONNX graph, run on real rows in ONNX Runtime.
import {InferenceSession, Tensor} from 'onnxruntime-node'
import {elemOf, Frame} from '../../core/onnx/frame.ts'
import {Graph} from '../../core/onnx/graph.ts'
import type {Transform} from '../../core/plugin.ts'
import type {Column, ColumnKind} from '../../core/schema/table.ts'
import {type Cell, inGraph} from './table.ts'

export type Lowered = {
  columns: {name: string; kind: ColumnKind}[]
  run: (rows: readonly Cell[][]) => Promise<Cell[][]>
}

/** Builds the graph of one step over `columns`; `run` takes and gives rows of cells. */
export async function lowered(
  step: Transform,
  params: unknown,
  columns: readonly Column[],
  learned: Record<string, unknown> | undefined,
): Promise<Lowered> {
  const inputs = inGraph(columns)
  const graph = new Graph()
  const frame = Frame.ofInputs(graph, inputs)
  step.onnx!(params, frame, learned)
  const outputs = frame.names.map((name, i) => ({name, kind: frame.kind(name), out: `out ${i}`}))
  for (const {name, kind, out} of outputs) {
    const tensor = frame.get(name)
    if (tensor.elem !== elemOf(kind))
      throw new Error(`"${name}" is ${tensor.elem} in the graph, but a ${kind} is ${elemOf(kind)}`)
    graph.output(out, tensor, ['rows', 1])
  }
  const session = await InferenceSession.create(graph.bytes(), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
  })
  const run = async (rows: readonly Cell[][]) => {
    const feeds = Object.fromEntries(
      inputs
        .map(
          ({name, kind}, i) =>
            [
              name,
              feed(
                kind,
                rows.map(row => row[i]!),
              ),
            ] as const,
        )
        // A column that the step drops is no input of the optimized graph.
        .filter(([name]) => session.inputNames.includes(name)),
    )
    const results = await session.run(feeds)
    const made = outputs.map(({name, out}) => {
      const {data, dims} = results[out]!
      if (`${dims}` !== `${rows.length},1`)
        throw new Error(`"${name}" has the shape ${dims} for ${rows.length} rows`)
      return data as ArrayLike<Cell>
    })
    return rows.map((_, r) => made.map(column => column[r]!))
  }
  return {columns: outputs.map(({name, kind}) => ({name, kind})), run}
}

const feed = (kind: ColumnKind, cells: Cell[]) =>
  kind === 'category'
    ? new Tensor('string', cells as string[], [cells.length, 1])
    : new Tensor('float64', Float64Array.from(cells as number[]), [cells.length, 1])
