// TensorFlow.js, loaded when a model needs it, on the best backend that runs here.
import type * as Tf from '@tensorflow/tfjs'
import {bestBackend, type Tensorflow} from './backends.ts'

export type {Tensorflow}
export type Layers = Tf.LayersModel

let loading: ReturnType<typeof bestBackend> | undefined

/** TensorFlow.js, its backend, and why better ones that are installed were passed over. */
export const loadTensorflow = () => {
  loading ??= bestBackend()
  return loading
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
