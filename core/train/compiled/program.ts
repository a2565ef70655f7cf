// A training as one ONNX graph: a loop over batches that steps the weights, then a loop that measures them.
import {Graph, type Tensor} from '../../onnx/graph.ts'
import type {Recipe} from '../recipe.ts'
import type {Layers} from '../tfjs/load.ts'
import {decayMask, type Weights, weightsOf} from '../weights.ts'
import {channelsLast} from './layout.ts'
import {loop, type Turn} from './loop.ts'
import {losses} from './losses/index.ts'
import {type Masks, masksOf} from './masks.ts'
import {addNetwork} from './network.ts'
import {stepNumbers} from './optimizer.ts'
import {optimizers} from './optimizers/index.ts'
import {join, split} from './parameters.ts'
import {sign} from './signs.ts'
import {Tape, type Value} from './tape.ts'

/**
 * A compiled training. Its graph takes, with `n` rows, `k` steps and, where there are several `trials`, an
 * axis of those before the size of each vector:
 *
 * | input | what |
 * | --- | --- |
 * | `x` [n, features], `y` [n], `w` [n] | the rows; `w`, the row weights, only if it was compiled so |
 * | `order` int32 [·], `ranges` int64 [k, 2] | the rows of step i: `order[ranges[i][0] … ranges[i][1]]` |
 * | `steps` [k, numbers] | what the optimizer needs to know of each step |
 * | `params`, `average`, `slot_0` …, `kept` | learned weights, their running mean if the recipe has one, the optimizer's memory, running statistics |
 * | `bank_0` …, `offsets` int64 [k, dropouts] | random masks, and where each step reads them |
 * | `count` int64 | k |
 * | `vx`, `vy`, `vw`, `vranges`, `vcount` | the same of the rows to measure on |
 *
 * Outputs: `params`, `average`, `slot_0` …, `kept` as they are after the steps, as `new_…`; `loss` and `hits` [k], the
 * mean loss of each batch and the part of it that was classified rightly, before its step; `vloss`, `vhits`.
 *
 * Whatever only says where rows and masks lie is int64: GPU providers leave that to the CPU, and what the CPU
 * knows already need not be fetched from the GPU, which would stop it.
 *
 * `Loop` is an op of the CPU for most GPU providers: each turn would carry the whole state over and back. So
 * there is a form without it, of one step (k = 1) a call, which puts the batch's loss and hits into the column of
 * `told` [2, columns] where `mark` [columns] has a 1, and gives `new_told`; and a form that measures one block
 * (vk = 1), with the weights to measure, be they running means or not, as `params`.
 */
export type Form = 'loop' | 'step' | 'measure'

export type Program = {
  bytes: Uint8Array
  weights: Weights
  masks: Masks
  /** Whether it keeps a running mean of the weights. */
  averaged: boolean
  /** What each of the optimizer's vectors begins with. */
  slots: readonly number[]
  trials: number
}

export type ProgramSpec = {
  model: Layers
  recipe: Recipe
  /** How many numbers a row has. */
  features: number
  /** Whether rows have weights. */
  weighted: boolean
  trials?: number
  form?: Form
  /** See `Tape`. */
  gpu?: boolean
}

/** Compiles the training of a model that `refusal` has nothing against. */
export function compile({
  model,
  recipe,
  features,
  weighted,
  trials = 1,
  form = 'loop',
  gpu = false,
}: ProgramSpec): Program {
  const graph = new Graph()
  const all = weightsOf(model)
  const {learned, kept} = all
  const optimizer = optimizers[recipe.optimizer]!
  const loss = losses[recipe.loss]!
  const slots = form === 'measure' ? [] : optimizer.slots(recipe)
  const averaged = form !== 'measure' && recipe.ema > 0
  const masks = masksOf(recipe, trials)
  const vector = (size: number) => (trials > 1 ? [trials, size] : [size])

  const carried = [
    graph.input('params', 'float32', vector(learned.size)),
    ...(averaged ? [graph.input('average', 'float32', vector(learned.size))] : []),
    ...slots.map((_, i) => graph.input(`slot_${i}`, 'float32', vector(learned.size))),
    ...(kept.size > 0 ? [graph.input('kept', 'float32', vector(kept.size))] : []),
  ]
  const slotsAt = averaged ? 2 : 1
  const keptAt = slotsAt + slots.length
  const stepped = form === 'measure' ? undefined : train()
  for (const [i, tensor] of (stepped?.carried ?? []).entries())
    graph.output(`new_${carried[i]!.name}`, tensor)
  const measured = form === 'step' ? undefined : measure(stepped?.carried ?? carried)
  const ofTrials = trials > 1 ? [trials] : []
  if (form === 'step') {
    const told = graph.input('told', 'float32', [2, ...ofTrials, 'columns'])
    const mark = graph.op('Greater', [
      graph.input('mark', 'float32', ['columns']),
      graph.constant('float32', 0),
    ])
    const [first, last] = [0, -1].map(axis => graph.constant('int64', [axis]))
    const rows = [stepped!.loss, stepped!.hits].map(t => graph.op('Unsqueeze', [t, first!]))
    const own = graph.op('Unsqueeze', [graph.op('Concat', rows, {axis: {int: 0}}), last!])
    graph.output('new_told', graph.op('Where', [mark, own, told]), [2, ...ofTrials, 'columns'])
  }
  for (const [name, tensor] of Object.entries({
    ...(form === 'loop' ? {loss: stepped!.loss, hits: stepped!.hits} : {}),
    ...(measured ? {vloss: measured.loss, vhits: measured.hits} : {}),
  }))
    graph.output(name, tensor, [...(form === 'loop' ? ['steps'] : []), ...ofTrials])
  return {bytes: graph.bytes(), weights: all, masks, averaged, slots, trials}

  function train() {
    const rows = inputs('', weighted)
    const order = graph.input('order', 'int32', ['ordered'])
    const ranges = graph.input('ranges', 'int64', ['k', 2])
    const steps = graph.input('steps', 'float32', ['k', 'numbers', ...(trials > 1 ? [trials] : [])])
    const {results, scanned} = turns('count', carried, (body, i, values) => {
      const [from, to] = bounds(body, ranges, i)
      const drawn = body.op('Slice', [order, from, to])
      const batch = rowsOf(rows, rows => body.op('Gather', [rows, drawn]))
      const batchSize = body.op('Shape', [drawn])
      const chance = masks.chance(graph, body, {i, rows: batchSize})
      const tape = new Tape(body, {training: true, gpu, trials, batchSize, chance})
      const [rate, ...numbers] = numbersOf(body, body.op('Gather', [steps, i]))
      const keeps = averaged ? numbers.shift() : undefined
      const weights = weightsOn(body, values[0]!, values)
      const {output, rows: lost, gradient, hits} = judge(tape, batch, weights)
      const share = weighted ? body.op('Mul', [lost, batch.w!]) : lost
      const gradients = tape.gradients(
        output,
        overBatch(tape, gradient, batch.w),
        learned.slots.map(s => weights.get(s.weight.id)!),
      )
      const next = optimizer.update(body, {
        ...regularised(body, values[0]!, join(body, gradients, learned, {trials}), rate!),
        slots: values.slice(slotsAt, keptAt),
        step: numbers,
        recipe,
      })
      const moved = kept.slots.map(
        ({weight}) => tape.updates.get(weights.get(weight.id)!) ?? weights.get(weight.id)!.tensor,
      )
      return {
        carried: [
          next.params,
          ...(keeps ? [between(body, next.params, values[1]!, keeps)] : []),
          ...next.slots,
          ...(kept.size > 0 ? [join(body, moved, kept, {trials})] : []),
        ],
        scanned: [mean(body, share), mean(body, hits)],
      }
    })
    return {carried: results, loss: scanned[0]!, hits: scanned[1]!}
  }

  /** As many turns as the input `counted` says; in the forms without a loop just one. */
  function turns(
    counted: string,
    carried: readonly Tensor[],
    turn: (body: Graph, i: Tensor, values: Tensor[]) => Turn,
  ): {results: readonly Tensor[]; scanned: readonly Tensor[]} {
    if (form === 'loop') return loop(graph, graph.input(counted, 'int64', []), carried, turn)
    const {carried: results, scanned} = turn(graph, graph.constant('int64', 0), [...carried])
    return {results, scanned}
  }

  function measure(values: readonly Tensor[]) {
    const rows = inputs('v', weighted)
    const ranges = graph.input('vranges', 'int64', ['vk', 2])
    const {scanned} = turns('vcount', [], (body, i) => {
      const [from, to] = bounds(body, ranges, i)
      const block = rowsOf(rows, rows => body.op('Slice', [rows, from, to]))
      const tape = new Tape(body, {
        training: false,
        gpu,
        trials,
        batchSize: body.op('Shape', [block.y]),
      })
      const weights = weightsOn(body, averaged ? values[1]! : values[0]!, values)
      const {rows: lost, hits} = judge(tape, block, weights)
      const share = weighted ? body.op('Mul', [lost, block.w!]) : lost
      return {carried: [], scanned: [mean(body, share), mean(body, hits)]}
    })
    return {loss: scanned[0]!, hits: scanned[1]!}
  }

  function inputs(prefix: string, withWeights: boolean): Rows {
    const n = `${prefix}n`
    return {
      x: graph.input(`${prefix}x`, 'float32', [n, features]),
      y: graph.input(`${prefix}y`, 'float32', [n]),
      ...(withWeights ? {w: graph.input(`${prefix}w`, 'float32', [n])} : {}),
    }
  }

  function weightsOn(body: Graph, params: Tensor, values: readonly Tensor[]): Map<number, Value> {
    return new Map([
      ...split(body, params, learned, {trials, live: true}),
      ...(kept.size > 0 ? split(body, values[keptAt]!, kept, {trials, live: false}) : []),
    ])
  }

  /** Runs the network on rows and compares its output with the truth. */
  function judge(tape: Tape, {x, y}: Rows, weights: Map<number, Value>) {
    const end = channelsLast(
      tape,
      addNetwork(tape, model, inputsOf(tape, model, x), ({id}) => weights.get(id)!),
    )
    const {logitsOf} = loss
    const output = logitsOf && end.logits?.end === logitsOf ? end.logits.before : end
    const answers = {output: output.tensor, outputs: output.shape.at(-1)!, y, recipe}
    const {rows, gradient} = loss.of(tape.graph, answers)
    // Of a regression there is nothing to hit.
    const hits = loss.hits?.(tape.graph, answers) ?? rows
    return {output, rows, gradient, hits}
  }

  /** The derivative of the mean loss, from that of each row's. */
  function overBatch(
    {graph: body, batchSize}: Tape,
    gradient: Tensor,
    w: Tensor | undefined,
  ): Tensor {
    const size = body.cast(batchSize, 'float32')
    if (!w) return body.op('Div', [gradient, size])
    const each = body.op('Unsqueeze', [body.op('Div', [w, size]), body.constant('int64', [-1])])
    return body.op('Mul', [gradient, each])
  }

  /** Parameters and gradient with the costs of weights in the one or the other. */
  function regularised(body: Graph, params: Tensor, gradient: Tensor, rate: Tensor) {
    const {weightDecay, l1} = recipe
    const op = body.op.bind(body)
    const mask =
      weightDecay > 0 || l1 > 0 ? graph.constant('float32', decayMask(learned)) : undefined
    const scaled = (by: number) => op('Mul', [mask!, body.constant('float32', by)])
    gradient = clipped(body, gradient)
    if (l1 > 0) gradient = op('Add', [gradient, op('Mul', [sign(body, params), scaled(l1)])])
    if (weightDecay > 0 && optimizer.decoupled) {
      const shrunk = op('Mul', [op('Mul', [params, scaled(weightDecay)]), rate])
      return {params: op('Sub', [params, shrunk]), gradient}
    }
    if (weightDecay > 0) gradient = op('Add', [gradient, op('Mul', [params, scaled(weightDecay)])])
    return {params, gradient}
  }

  function clipped(body: Graph, gradient: Tensor): Tensor {
    const {clipValue, clipNorm} = recipe
    const float = (x: number) => body.constant('float32', x)
    if (clipValue > 0) gradient = body.op('Clip', [gradient, float(-clipValue), float(clipValue)])
    if (clipNorm === 0) return gradient
    const norm = body.op('ReduceL2', [gradient, body.constant('int64', [-1])])
    const by = body.op('Div', [float(clipNorm), body.op('Max', [norm, float(clipNorm)])])
    return body.op('Mul', [gradient, by])
  }

  /** The running mean after one more step: now + keeps · (before − now). */
  function between(body: Graph, now: Tensor, before: Tensor, keeps: Tensor): Tensor {
    return body.op('Add', [now, body.op('Mul', [body.op('Sub', [before, now]), keeps])])
  }

  /** The numbers of one step, [numbers] or [numbers, trials], one by one: scalars or [trials, 1]. */
  function numbersOf(body: Graph, all: Tensor): Tensor[] {
    const n = stepNumbers(recipe, optimizer, 0, 1).length
    return Array.from({length: n}, (_, i) => {
      const one = body.op('Gather', [all, body.constant('int64', i)])
      return trials > 1 ? body.op('Unsqueeze', [one, body.constant('int64', [-1])]) : one
    })
  }
}

type Rows = {x: Tensor; y: Tensor; w?: Tensor}

const rowsOf = ({x, y, w}: Rows, pick: (rows: Tensor) => Tensor): Rows => ({
  x: pick(x),
  y: pick(y),
  ...(w ? {w: pick(w)} : {}),
})

/** The mean over the rows: a scalar, or one number a trial. */
const mean = (body: Graph, rows: Tensor) =>
  body.op('ReduceMean', [rows, body.constant('int64', [-1])], {keepdims: {int: 0}})

/** Both ends of range `i`, as Slice wants them. */
function bounds(body: Graph, ranges: Tensor, i: Tensor): [Tensor, Tensor] {
  const range = body.op('Gather', [ranges, i])
  const [from, to] = body.ops('Split', [range], 2, {axis: {int: 0}, num_outputs: 2})
  return [from!, to!]
}

/** The features as the inputs of the model: in order, each as many as its shape holds. */
export function inputsOf(tape: Tape, model: Layers, x: Tensor): Value[] {
  const {graph} = tape
  const shapes = model.inputs.map(input => input.shape.slice(1) as number[])
  const sizes = shapes.map(shape => shape.reduce((a, b) => a * b, 1))
  const parts =
    sizes.length > 1
      ? graph.ops('Split', [x, graph.constant('int64', sizes)], sizes.length, {axis: {int: -1}})
      : [x]
  return shapes.map((shape, i) => ({
    tensor:
      shape.length === 1
        ? parts[i]!
        : graph.op('Reshape', [parts[i]!, graph.constant('int64', [-1, ...shape])]),
    shape,
    layout: 'last',
    live: false,
    perTrial: false,
  }))
}
