// A trained model's graph, opened for scoring: features in, probabilities, predictions or clusters out.
import {access} from 'node:fs/promises'
import {resolve} from 'node:path'
import type {InferenceSession} from 'onnxruntime-node'
import {AppError} from '../error.ts'
import type {Task} from '../plugin.ts'
import {progressOf, says} from '../words/says.ts'

/** What a model gives for some rows; which of them depends on its task (see `Fitted.lower`). */
export type Outputs = {
  /** Classification: row-major `rows × classes`. */
  probabilities?: Float32Array
  /** Regression: one value a row. */
  prediction?: Float32Array
  /** Clustering: the number of the nearest cluster, from 0. */
  cluster?: Int32Array
  /** Clustering: row-major `rows × clusters`, to the centre of each. */
  distances?: Float32Array
}

export type OnnxModel = {
  /** How many features a row has, where the graph says so. */
  readonly features: number | undefined
  /**
   * Scores `x`, row-major `rows × features`, in batches. Between two batches the event loop turns, so
   * `signal` works and `tell` is heard.
   * @throws AppError `bad-data` where `x` does not fit, `cancelled` by `signal`.
   */
  predict(
    x: Float32Array,
    rows: number,
    features: number,
    options?: Partial<Task> & {batch?: number},
  ): Promise<Outputs>
  /** Frees the native memory. The model cannot be used after it. */
  release(): Promise<void>
}

/**
 * Opens a model from a file's path or its bytes.
 * @throws AppError `missing-file`, or `damaged` where ONNX Runtime cannot read it.
 */
export async function openModel(source: string | Uint8Array): Promise<OnnxModel> {
  if (typeof source === 'string') await mustExist(source)
  // Loading the runtime takes about 80 ms, so only those who score pay for it.
  const {InferenceSession, Tensor} = await import('onnxruntime-node')
  const session = await open(InferenceSession, source)
  const input = session.inputNames[0]!
  const features = widthOf(session)

  async function predict(
    x: Float32Array,
    rows: number,
    width: number,
    {signal, tell, batch = batchRows(width)}: Partial<Task> & {batch?: number} = {},
  ): Promise<Outputs> {
    if (features !== undefined && width !== features)
      throw new AppError(
        'bad-data',
        says`the model takes ${features} features and was given ${width}`,
        {hint: says`score it on the columns that it was trained on`},
      )
    if (x.length !== rows * width)
      throw new AppError(
        'bad-data',
        says`${x.length} numbers are not ${rows} rows × ${width} features`,
      )
    if (rows === 0) return empty(session.outputNames)
    const outputs: Outputs = {}
    for (let at = 0; at < rows; at += batch) {
      signal?.throwIfAborted()
      const n = Math.min(batch, rows - at)
      const block = new Tensor('float32', x.subarray(at * width, (at + n) * width), [n, width])
      const given = await session.run({[input]: block})
      for (const name of session.outputNames) {
        const {data} = given[name]!
        if (name === 'cluster') {
          outputs.cluster ??= new Int32Array(rows)
          place(outputs.cluster, data, at, n)
        } else if (isReal(name)) {
          outputs[name] ??= new Float32Array((data.length / n) * rows)
          place(outputs[name], data, at, n)
        }
      }
      tell?.(progressOf(says`${at + n} of ${rows} rows scored`, {done: (at + n) / rows}))
    }
    return outputs
  }

  return {features, predict, release: () => session.release()}
}

async function mustExist(file: string) {
  try {
    await access(file)
  } catch (cause) {
    throw new AppError('missing-file', says`there is no model at "${resolve(file)}"`, {
      hint: says`run the cell that trains it again`,
      cause,
    })
  }
}

async function open(
  {create}: typeof InferenceSession,
  source: string | Uint8Array,
): Promise<InferenceSession> {
  // Level 3 is errors: the runtime's warnings about unused initializers would go to the user's terminal.
  const options = {logSeverityLevel: 3} as const
  try {
    return typeof source === 'string'
      ? await create(source, options)
      : await create(source, options)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('damaged', says`the model cannot be read: ${reason}`, {
      hint: says`run the cell that trains it again`,
      cause,
      where: typeof source === 'string' ? source : undefined,
    })
  }
}

function widthOf(session: InferenceSession): number | undefined {
  const meta = session.inputMetadata[0]
  const width = meta?.isTensor ? meta.shape[1] : undefined
  return typeof width === 'number' && width > 0 ? width : undefined
}

// About 4 MB of features a batch: large enough that a call's overhead is nothing, small enough to stop soon.
const batchRows = (width: number) => Math.max(1, Math.floor(1_000_000 / Math.max(1, width)))

const isReal = (name: string): name is 'probabilities' | 'prediction' | 'distances' =>
  name === 'probabilities' || name === 'prediction' || name === 'distances'

function empty(names: readonly string[]): Outputs {
  const outputs: Outputs = {}
  for (const name of names)
    if (name === 'cluster') outputs.cluster = new Int32Array(0)
    else if (isReal(name)) outputs[name] = new Float32Array(0)
  return outputs
}

function place(to: Float32Array | Int32Array, data: unknown, at: number, n: number) {
  const values = data as ArrayLike<number | bigint>
  const start = (values.length / n) * at
  if (data instanceof Float32Array) to.set(data, start)
  else for (let i = 0; i < values.length; i++) to[start + i] = Number(values[i])
}
