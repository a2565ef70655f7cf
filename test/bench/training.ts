// Training beside PyTorch, Keras, scikit-learn and tfjs: rows a second by network, batch and library.
//   BANCADA_PYTHON=/path/to/python node test/bench/run.mjs training [mlp|cnn|tabular|webgpu|cuda …]
// With a device: the compiled engine there, beside the CPU and PyTorch on CUDA, with larger batches.
// Each measurement is a process of its own, in turn, so that a busy moment hits all of them alike.
import {spawnSync} from 'node:child_process'
import {cpus, loadavg} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type * as Tf from '@tensorflow/tfjs'
import {packageRoot} from '../../core/package-root.ts'
import type {TrainingData} from '../../core/plugin.ts'
import {batches} from '../../core/train/batches.ts'
import {compiledEngine} from '../../core/train/compiled/engine.ts'
import {type Device, devices} from '../../core/train/device.ts'
import {permutation, random} from '../../core/train/random.ts'
import {toRecipe} from '../../core/train/recipe.ts'
import {tfjsEngine} from '../../core/train/tfjs/engine.ts'
import {type Layers, loadTensorflow, type Tensorflow} from '../../core/train/tfjs/load.ts'

type Case = {
  rows: number
  features: number
  classes: number
  codes?: number
  model: (tf: Tensorflow) => Layers
}

const stack = (tf: Tensorflow, layers: Tf.layers.Layer[]): Layers => tf.sequential({layers})
const ends = (tf: Tensorflow, units: number) => [
  tf.layers.dense({units}),
  tf.layers.activation({activation: 'softmax'}),
]

const cases: Record<string, Case> = {
  mlp: {
    rows: 20_000,
    features: 50,
    classes: 2,
    model: tf =>
      stack(tf, [
        tf.layers.dense({units: 128, activation: 'relu', inputShape: [50]}),
        tf.layers.dense({units: 64, activation: 'relu'}),
        ...ends(tf, 2),
      ]),
  },
  cnn: {
    rows: 4096,
    features: 784,
    classes: 10,
    model: tf =>
      stack(tf, [
        tf.layers.reshape({targetShape: [28, 28, 1], inputShape: [784]}),
        ...[32, 64].flatMap(filters => [
          tf.layers.conv2d({filters, kernelSize: 3, padding: 'same', activation: 'relu'}),
          tf.layers.maxPooling2d({poolSize: 2}),
        ]),
        tf.layers.flatten(),
        ...ends(tf, 10),
      ]),
  },
  tabular: {
    rows: 20_000,
    features: 30,
    classes: 2,
    codes: 20,
    model: tf => {
      const numbers = tf.input({shape: [10]})
      const codes = Array.from({length: 20}, () => tf.input({shape: [1]}))
      const vectors = codes.map(
        code =>
          tf.layers
            .flatten()
            .apply(
              tf.layers.embedding({inputDim: 100, outputDim: 8}).apply(code),
            ) as Tf.SymbolicTensor,
      )
      const layers = [
        tf.layers.concatenate(),
        tf.layers.dense({units: 128, activation: 'relu'}),
        tf.layers.dense({units: 64, activation: 'relu'}),
        ...ends(tf, 2),
      ]
      const outputs = layers.reduce((h, layer) => layer.apply(h) as Tf.SymbolicTensor, [
        numbers,
        ...vectors,
      ] as Tf.SymbolicTensor | Tf.SymbolicTensor[])
      return tf.model({inputs: [numbers, ...codes], outputs: outputs as Tf.SymbolicTensor})
    },
  },
}

/** Rows like those of training.py. */
function rowsOf({rows, features, classes, codes = 0}: Case): TrainingData {
  const {next, below} = random(1)
  const x = Float32Array.from({length: rows * features}, (_, i) =>
    i % features >= features - codes ? below(100) : 2 * next() - 1,
  )
  return {
    task: 'classification',
    features: Array.from({length: features}, (_, j) => `x${j}`),
    classes: Array.from({length: classes}, (_, k) => `${k}`),
    train: {rows, x, y: Float32Array.from({length: rows}, () => below(classes))},
  }
}

async function own(library: string, name: string, batchSize: number, epochs: number) {
  const [engine, device = 'cpu'] = library.split('·') as [string, Device?]
  const {tf} = await loadTensorflow()
  const kind = cases[name]!
  const data = rowsOf(kind)
  const {rows} = data.train
  const model = kind.model(tf)
  const recipe = toRecipe({loss: 'cross-entropy', batchSize})
  const began = performance.now()
  const stepper = await (engine === 'tfjs' ? tfjsEngine : compiledEngine).open(
    {model, recipe, data, seed: 1},
    {device},
  )
  const opened = performance.now() - began
  const parts = batches(rows, batchSize)
  let first = 1
  const epoch = async () => {
    await stepper.step({
      rows: data.train,
      order: permutation(rows, random(first)),
      ranges: Int32Array.from(parts.flatMap(({from, to}) => [from, to])),
      first,
      rates: new Float64Array(parts.length).fill(recipe.learningRate),
    })
    first += parts.length
  }
  const start = performance.now()
  await epoch()
  const firstEpoch = (performance.now() - start) / 1000
  let [best, cpu] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let i = 0; i < epochs; i++) {
    const [t, c] = [performance.now(), process.cpuUsage()]
    await epoch()
    const {user, system} = process.cpuUsage(c)
    best = Math.min(best, (performance.now() - t) / 1000)
    cpu = Math.min(cpu, (user + system) / 1e6)
  }
  await stepper.dispose()
  return {
    rowsPerSecond: Math.round(rows / best),
    rowsPerCpuSecond: Math.round(rows / cpu),
    firstEpoch: Number(firstEpoch.toFixed(3)),
    openMs: Math.round(opened),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--one') {
  const [engine, name, batch, epochs] = rest
  console.log(JSON.stringify(await own(engine!, name!, Number(batch), Number(epochs))))
} else {
  const asked = process.argv.slice(2)
  const gpus = asked.filter(one => (devices as readonly string[]).includes(one) && one !== 'cpu')
  const names = asked.filter(one => !gpus.includes(one))
  const wanted: [string, number[]][] = [
    ['mlp', [32, 256, 1024, 4096]],
    ['cnn', gpus.length > 0 ? [64, 1024] : [64]],
    ['tabular', gpus.length > 0 ? [256, 4096] : [256]],
  ]
  const python = process.env.BANCADA_PYTHON
  const libraries =
    gpus.length > 0
      ? ['compiled', ...gpus.map(gpu => `compiled·${gpu}`), ...(python ? ['torch·cuda'] : [])]
      : ['compiled', 'tfjs', ...(python ? ['torch', 'torch.compile', 'keras', 'sklearn'] : [])]
  const rounds = gpus.length > 0 ? 1 : 3
  const results: object[] = []
  for (const [name, sizes] of wanted)
    for (const batch of names.length > 0 && !names.includes(name) ? [] : sizes)
      for (let round = 1; round <= rounds; round++)
        for (const library of libraries) {
          // A slow library shows its pace in fewer epochs.
          const epochs = library === 'tfjs' ? 1 : 5
          const args = [library, name, `${batch}`, `${epochs}`]
          const ours = library.startsWith('compiled') || library === 'tfjs'
          if (library === 'sklearn' && name !== 'mlp') continue
          // In plain JavaScript, which is what a convolution's gradient takes there, an epoch lasts minutes.
          if (library === 'tfjs' && (round > 1 || name === 'cnn')) continue
          const {stdout, stderr, status} = ours
            ? spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--one', ...args], {
                encoding: 'utf8',
              })
            : spawnSync(python!, [join(packageRoot(), 'test/bench/training.py'), ...args], {
                encoding: 'utf8',
              })
          const said = stdout.trim().split('\n').at(-1)
          const found = status === 0 && said ? JSON.parse(said) : {failed: stderr.slice(-300)}
          results.push({name, batch, round, library, ...found})
          console.error(JSON.stringify(results.at(-1)))
        }
  console.log(
    JSON.stringify(
      {machine: cpus()[0]?.model, cores: cpus().length, load: loadavg(), results},
      undefined,
      1,
    ),
  )
}
