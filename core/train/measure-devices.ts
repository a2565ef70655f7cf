// Which device trains a network fastest: measured on the model and rows themselves, where that is worth its time.
import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {availableParallelism, cpus} from 'node:os'
import {join} from 'node:path'
import {AppError, messageOf} from '../error.ts'
import {writeWhole} from '../files.ts'
import type {FitContext, Matrix} from '../plugin.ts'
import {progressOf, type Said, says} from '../words/says.ts'
import {batches} from './batches.ts'
import {type Device, presentDevices} from './device.ts'
import type {Training} from './engine.ts'
import {pick, type Trial} from './pick.ts'
import type {Recipe} from './recipe.ts'
import {sampleOf} from './rows.ts'
import {learningRate} from './schedule.ts'
import type {Stepper} from './stepper.ts'
import {tryDevice} from './try-device.ts'

/** Trainings that the CPU does in less than this are not worth a GPU's start: it compiles its programs first. */
const worthwhile = 20_000
/** How long a device is measured, in ms, after a first step that does not count. */
const span = 250

export type Open = (device: Device, threads?: number) => Promise<Stepper>
export type Choice = {device: Device; threads?: number; because: Said[]}

/**
 * The device for a training, and why. Only the CPU is looked at when the training is short or nothing else
 * is there. A choice between several is kept in `cache`, so that a second run goes the same way.
 */
export async function chooseDevice(
  training: Training,
  open: Open,
  {signal, tell, cache}: Pick<FitContext, 'signal' | 'tell' | 'cache'>,
  /** A device whose first step takes longer than this, in ms, is passed over. */
  patience = 15_000,
): Promise<Choice> {
  // A step costs at least some 50 µs, whatever is in it, and a product at most some 10⁻¹⁰ s.
  const {recipe, data, model} = training
  const rows = data.train.rows * recipe.epochs
  const least = (rows / recipe.batchSize) * 0.05 + rows * model.countParams() * 6e-7
  const others = (await presentDevices()).filter(device => device !== 'cpu')
  if (least < worthwhile / 20 || (others.length === 0 && availableParallelism() === 1))
    return {device: 'cpu', because: []}

  tell(progressOf(says`measuring devices`))
  const sample = await sampleOf(data.train, recipe.batchSize)
  const one = availableParallelism() > 1 ? await rated('cpu', 1) : undefined
  const all = await rated('cpu')
  const threads = one && 'rate' in one && 'rate' in all && one.rate > all.rate ? 1 : undefined
  const cpu = threads ? one! : all
  const short = 'rate' in cpu && (rows / cpu.rate) * 1000 < worthwhile
  const onCpu: Choice = {device: 'cpu', ...(threads ? {threads} : {}), because: []}
  if (short || others.length === 0 || 'trouble' in cpu) return onCpu

  const key = keyOf(training)
  const known = await recall(cache, key)
  if (known && (known.device === 'cpu' || others.includes(known.device)))
    return known.device === 'cpu' ? {...onCpu, ...known} : known
  const trials: Trial[] = [cpu]
  for (const device of others) {
    // In a process of its own first: a driver that crashes must not take the training with it.
    const tried = await tryDevice(device, {signal})
    trials.push(tried.ok ? await rated(device) : {device, trouble: says`${tried.detail}`})
  }
  const choice = {...onCpu, ...pick(trials)}
  if (choice.device !== 'cpu') delete choice.threads
  // What did not start may start tomorrow.
  if (trials.every(trial => 'rate' in trial))
    await remember(cache, key, {device: choice.device, because: choice.because})
  return choice

  async function rated(device: Device, threads?: number): Promise<Trial> {
    signal.throwIfAborted()
    let stepper: Stepper | undefined
    try {
      stepper = await open(device, threads)
      return {device, rate: await rateOf(stepper, {rows: sample, recipe}, {signal, patience})}
    } catch (error) {
      if (signal.aborted) throw error
      return {device, trouble: messageOf(error)}
    } finally {
      await stepper?.dispose()
    }
  }
}

/** Rows a second of some steps on the first rows. The stepper has moved on afterwards. */
async function rateOf(
  stepper: Stepper,
  {rows, recipe}: {rows: Matrix; recipe: Recipe},
  {signal, patience}: {signal: AbortSignal; patience: number},
) {
  const parts = batches(rows.rows, recipe.batchSize)
  const order = Int32Array.from({length: rows.rows}, (_, i) => i)
  const take = async (count: number) => {
    signal.throwIfAborted()
    const some = Array.from({length: count}, (_, i) => parts[i % parts.length]!)
    const began = performance.now()
    await stepper.step({
      rows,
      order,
      ranges: Int32Array.from(some.flatMap(({from, to}) => [from, to])),
      first: 1,
      rates: new Float64Array(count).fill(learningRate(recipe, 0, parts.length)),
    })
    return {
      ms: Math.max(performance.now() - began, 0.01),
      rows: some.reduce((sum, {from, to}) => sum + to - from, 0),
    }
  }
  const first = await take(1)
  if (first.ms > patience)
    throw new AppError('not-available', says`its first step took ${Math.round(first.ms / 1000)} s`)
  // The best of several, because whatever else runs can only slow one down.
  let best = 0
  let count = 1
  for (let spent = 0; spent < span; ) {
    const {ms, rows} = await take(count)
    spent += ms
    best = Math.max(best, (rows / ms) * 1000)
    count = Math.max(1, Math.min(10_000, Math.round((count * span) / 5 / ms)))
  }
  return best
}

/** What a measurement depends on: shapes, recipe, rows and machine. */
function keyOf({model, recipe, data}: Training): string {
  const {epochs, learningRate, patience, ...rest} = recipe
  const layers = model.layers.map(layer => [
    layer.getClassName(),
    layer.outputShape,
    layer.weights.map(w => w.shape),
  ])
  const machine = [cpus()[0]?.model, availableParallelism()]
  const known = {layers, rest, rows: data.train.rows, features: data.features.length, machine}
  return createHash('sha256').update(JSON.stringify(known)).digest('hex').slice(0, 32)
}

type Kept = Record<string, {device: Device; because: Said[]}>

const fileIn = (folder: string) => join(folder, 'device-rates.json')

async function recall(folder: string | undefined, key: string): Promise<Kept[string] | undefined> {
  return (await readKept(folder))[key]
}

async function remember(folder: string | undefined, key: string, choice: Kept[string]) {
  if (!folder) return
  const all = await readKept(folder)
  // The newest hundred.
  const kept = Object.entries({...all, [key]: choice}).slice(-100)
  // Without it the next run measures again: no reason to fail this one.
  await writeWhole(
    fileIn(folder),
    `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`,
  ).catch(() => undefined)
}

async function readKept(folder: string | undefined): Promise<Kept> {
  if (!folder) return {}
  try {
    return JSON.parse(await readFile(fileIn(folder), 'utf8'))
  } catch {
    return {}
  }
}
