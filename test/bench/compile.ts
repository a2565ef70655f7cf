// How long a training takes to compile and to open, by what is spent on what.
// node test/bench/run.mjs compile
import {network} from '../../core/models/lib/network.ts'
import {compile} from '../../core/train/compiled/program.ts'
import {openSession} from '../../core/train/compiled/session.ts'
import {toRecipe} from '../../core/train/recipe.ts'
import {loadTensorflow} from '../../core/train/tfjs/load.ts'

const features = 50
let began = performance.now()
let spent = process.cpuUsage()
/** ms since the last lap: by the clock, and of processor time, which other work disturbs less. */
const lap = () => {
  const now = performance.now()
  const {user, system} = process.cpuUsage(spent)
  const times = {wall: Math.round(now - began), cpu: Math.round((user + system) / 1000)}
  began = now
  spent = process.cpuUsage()
  return times
}
const {tf} = await loadTensorflow()
const tfjs = lap()
await import('onnxruntime-node')
const onnxRuntime = lap()

const round = async (batchNorm: boolean) => {
  const model = network(
    tf,
    {
      inputs: features,
      hidden: [128, 64],
      activation: 'relu',
      batchNorm,
      dropout: 0.1,
      outputs: 3,
      ends: 'softmax',
    },
    1,
  )
  const recipe = toRecipe({loss: 'cross-entropy'})
  lap()
  const {bytes} = compile({model, recipe, features, weighted: false})
  const build = lap()
  const session = await openSession(bytes, {provider: 'cpu'})
  const open = lap()
  await session.release()
  model.dispose()
  return {build, open}
}
const first = await round(true)
const later: Awaited<ReturnType<typeof round>>[] = []
for (let i = 0; i < 20; i++) later.push(await round(true))
const middle = (part: 'build' | 'open', of: 'wall' | 'cpu') =>
  later.map(one => one[part][of]).sort((a, b) => a - b)[later.length / 2]!
const median = (part: 'build' | 'open') => ({
  wall: middle(part, 'wall'),
  cpu: middle(part, 'cpu'),
})
console.log(
  JSON.stringify({
    bench: 'compile',
    unit: 'ms',
    load: {tfjs, onnxRuntime},
    first,
    later: {build: median('build'), open: median('open')},
  }),
)
