// A composed graph, asked: encoded columns in, the model's outputs out.
import type {InferenceSession} from 'onnxruntime-node'
import type {Outputs} from './answer.ts'
import type {Encoded} from './encode.ts'

/** ONNX Runtime as whoever asks has loaded it: the app's own, or a bundle's. */
export type Runtime = typeof import('onnxruntime-node')

/** `columns` in the order of the graph's inputs. */
export async function runGraph(
  {Tensor}: Runtime,
  session: InferenceSession,
  columns: readonly Encoded[],
  rows: number,
): Promise<Outputs> {
  const tensorOf = (values: Encoded) => {
    if (values instanceof Float64Array) return new Tensor('float64', values, [rows, 1])
    if (values instanceof Float32Array)
      return new Tensor('float32', values, [rows, values.length / rows])
    return new Tensor('string', values, [rows, 1])
  }
  const feeds = Object.fromEntries(
    session.inputNames.map((name, i) => {
      const values = columns[i]!
      return [name, tensorOf(values)]
    }),
  )
  const given = await session.run(feeds)
  return Object.fromEntries(session.outputNames.map(name => [name, given[name]!.data]))
}
