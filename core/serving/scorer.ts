// A bundle's model, loaded: encoded rows in, answers out.
import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {join, resolve} from 'node:path'
import {AppError} from '../error.ts'
import type {BundleSignature} from '../schema/bundle.ts'
import {bundleFormat} from '../schema/bundle-format.ts'
import {type Answer, answers} from './answer.ts'
import {openPrepare} from './prepare.ts'
import type {Batch} from './request.ts'
import {type Runtime, runGraph} from './run-graph.ts'

export type Scorer = {
  signature: BundleSignature
  /** One answer for each row, in order. */
  score(batch: Batch): Promise<Answer[]>
  close(): Promise<void>
}

/** Gets a native module from the bundle's own `node_modules`, or else as seen from the folder `modules`. */
export type Load = (name: string) => unknown

export const loadFrom =
  (folder: string, modules?: string): Load =>
  name => {
    for (const from of modules ? [folder, modules] : [folder]) {
      const require = createRequire(join(resolve(from), 'package.json'))
      let file: string
      try {
        file = require.resolve(name)
      } catch {
        continue
      }
      return require(file)
    }
    throw new AppError('not-available', `the module ${name} is not installed in ${folder}`, {
      hint: 'run `npm install --ignore-scripts` there, or say where it is with --modules FOLDER',
    })
  }

/** `threads`: for one request; several requests run side by side anyway. */
export async function openScorer(
  folder: string,
  {load, threads = 1}: {load: Load; threads?: number},
): Promise<Scorer> {
  const signature = await readSignature(folder)
  const ort = load('onnxruntime-node') as Runtime
  const session = await ort.InferenceSession.create(join(folder, 'model.onnx'), {
    intraOpNumThreads: threads,
    executionMode: 'sequential',
    logSeverityLevel: 3,
  })
  const prepare = await openPrepare(folder, signature, load)
  return {
    signature,
    async score(batch) {
      const columns = prepare ? await prepare.run(batch) : batch.columns
      const outputs = await runGraph(ort, session, columns, batch.rows)
      return answers(signature, outputs)
    },
    async close() {
      prepare?.close()
      await session.release()
    },
  }
}

export async function readSignature(folder: string): Promise<BundleSignature> {
  const file = join(folder, 'signature.json')
  let signature: BundleSignature
  try {
    signature = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new AppError('damaged', `cannot read ${file}: ${(error as Error).message}`, {
      hint: 'is this the folder of a bundle?',
    })
  }
  if (signature.format !== bundleFormat)
    throw new AppError(
      signature.format > bundleFormat ? 'too-new' : 'damaged',
      `${file} is of format ${signature.format}; this server reads format ${bundleFormat}`,
      {hint: 'package the model again with this version of Bancada'},
    )
  return signature
}
