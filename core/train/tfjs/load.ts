// TensorFlow.js, loaded when a model needs it, on the best backend that runs here.
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import type * as Tf from '@tensorflow/tfjs'

export type Tensorflow = typeof Tf
export type Layers = Tf.LayersModel

let loading: Promise<{tf: Tensorflow; backend: string}> | undefined

/** TensorFlow.js with the WASM backend, or plain JavaScript (`cpu`) where WASM does not start. */
export const loadTensorflow = () => {
  loading ??= load()
  return loading
}

async function load() {
  const tf = await import('@tensorflow/tfjs')
  const {setWasmPaths} = await import('@tensorflow/tfjs-backend-wasm')
  const require = createRequire(import.meta.url)
  setWasmPaths(
    join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'),
  )
  const backend = (await tf.setBackend('wasm').catch(() => false)) ? 'wasm' : 'cpu'
  if (backend === 'cpu') await tf.setBackend('cpu')
  await tf.ready()
  return {tf, backend}
}

/** A model as TensorFlow.js's own files: `tfjs/model.json` and `tfjs/weights.bin`. */
export async function layersFiles(
  tf: Tensorflow,
  model: Layers,
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {}
  await model.save(
    tf.io.withSaveHandler(async ({modelTopology, weightSpecs, weightData}) => {
      const weights = tf.io.CompositeArrayBuffer.join(weightData)
      const record = {
        format: 'layers-model',
        generatedBy: `TensorFlow.js tfjs-layers v${tf.version_layers}`,
        convertedBy: null,
        modelTopology,
        weightsManifest: [{paths: ['weights.bin'], weights: weightSpecs}],
      }
      files['tfjs/model.json'] = new TextEncoder().encode(JSON.stringify(record))
      files['tfjs/weights.bin'] = new Uint8Array(weights)
      return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}}
    }),
  )
  return files
}
