// A step of a small convolutional network on digits, beside PyTorch eager where `BANCADA_PYTHON` names a
// Python that has it. Rounds take turns, so that other work on the machine slows both.
//   node test/bench/run.mjs cnn [rounds] [threads]
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {cpus, loadavg} from 'node:os'
import {createInterface} from 'node:readline'
import {compile} from '../../core/train/compiled/program.ts'
import {openStepper} from '../../core/train/compiled/stepper.ts'
import {random} from '../../core/train/random.ts'
import {toRecipe} from '../../core/train/recipe.ts'
import {loadTensorflow} from '../../core/train/tfjs/load.ts'

const [rounds = 8, threads = 2] = process.argv.slice(2).map(Number)
const [rows, batch] = [1024, 64]
const steps = rows / batch

/** Milliseconds a step: on the clock, and of processor time over all threads. */
type Round = {wall: number; processor: number}
type Peer = {name: string; round: () => Promise<Round>; close: () => unknown; more?: object}

async function bancada(): Promise<Peer> {
  const {tf} = await loadTensorflow()
  const {conv2d, maxPooling2d, flatten, dense, activation} = tf.layers
  const conv = {kernelSize: 3, padding: 'same', activation: 'relu'} as const
  const model = tf.sequential({
    layers: [
      conv2d({...conv, filters: 32, inputShape: [28, 28, 1]}),
      maxPooling2d({poolSize: 2}),
      conv2d({...conv, filters: 64}),
      maxPooling2d({poolSize: 2}),
      flatten(),
      dense({units: 10}),
      activation({activation: 'softmax'}),
    ],
  })
  const recipe = toRecipe({loss: 'cross-entropy', batchSize: batch})
  const start = performance.now()
  const given = {recipe, features: 784, weighted: false}
  const program = compile({model, ...given})
  const built = performance.now()
  const stepper = await openStepper(program, {...given, seed: 1, classifies: true, threads})
  const opened = performance.now()
  const {next, below} = random(1)
  const data = {
    rows,
    x: Float32Array.from({length: rows * 784}, () => 2 * next() - 1),
    y: Float32Array.from({length: rows}, () => below(10)),
  }
  const order = Int32Array.from({length: rows}, (_, i) => i)
  const ranges = Int32Array.from({length: 2 * steps}, (_, i) => Math.ceil(i / 2) * batch)
  return {
    name: 'bancada',
    more: {graphMs: built - start, sessionMs: opened - built},
    close: () => stepper.dispose(),
    round: async () => {
      const [before, from] = [process.cpuUsage(), performance.now()]
      await stepper.step({
        rows: data,
        order,
        ranges,
        first: 1,
        rates: new Float64Array(steps).fill(0.001),
      })
      const wall = (performance.now() - from) / steps
      const {user, system} = process.cpuUsage(before)
      return {wall, processor: (user + system) / 1000 / steps}
    },
  }
}

const torch = `
import sys, time, json, torch
import torch.nn as nn
torch.set_num_threads(${threads})
m = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1),
    nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(3136, 10))
o = torch.optim.Adam(m.parameters())
x, y = torch.randn(${rows}, 1, 28, 28), torch.randint(0, 10, (${rows},))
loss = nn.CrossEntropyLoss()
print(json.dumps(torch.__version__), flush=True)
for _ in sys.stdin:
    wall, processor = time.perf_counter(), time.process_time()
    for k in range(0, ${rows}, ${batch}):
        o.zero_grad()
        loss(m(x[k:k + ${batch}]), y[k:k + ${batch}]).backward()
        o.step()
    print(json.dumps({'wall': (time.perf_counter() - wall) * 1000 / ${steps},
        'processor': (time.process_time() - processor) * 1000 / ${steps}}), flush=True)
`

async function pytorch(python: string): Promise<Peer> {
  const env = process.env
  const child = spawn(python, ['-c', torch], {env, stdio: ['pipe', 'pipe', 'inherit']})
  const lines = createInterface(child.stdout)
  const line = async () => JSON.parse((await once(lines, 'line'))[0])
  return {
    name: `PyTorch ${await line()}`,
    close: () => child.stdin.end(),
    round: () => {
      const answer = line()
      child.stdin.write('go\n')
      return answer
    },
  }
}

const python = process.env.BANCADA_PYTHON
const peers = [await bancada(), ...(python ? [await pytorch(python)] : [])]
const found = peers.map(() => [] as Round[])
for (const peer of peers) await peer.round()
for (let i = 0; i < rounds; i++)
  for (const [k, peer] of peers.entries()) found[k]!.push(await peer.round())
const summary = (rounds: Round[], of: keyof Round) => {
  const all = rounds.map(round => round[of]).sort((a, b) => a - b)
  return {best: all[0], median: all[Math.floor(all.length / 2)]}
}
console.log(
  JSON.stringify(
    {
      machine: {cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0]},
      msPerStep: Object.fromEntries(
        peers.map(({name, more}, k) => [
          name,
          {wall: summary(found[k]!, 'wall'), processor: summary(found[k]!, 'processor'), ...more},
        ]),
      ),
    },
    undefined,
    2,
  ),
)
for (const peer of peers) await peer.close()
