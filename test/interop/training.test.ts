// Networks beside PyTorch's: from the same weights, through the same fifty batches, to the same weights.
import type * as Tf from '@tensorflow/tfjs'
import {describe, expect, test} from 'vitest'
import type {Matrix} from '../../core/plugin.ts'
import {apply} from '../../core/train/compiled/layer.ts'
import {weightsOf} from '../../core/train/weights.ts'
import {compiled, distance, network, rowsFor} from '../core/train/compiled/support.ts'
import {hasTorch, python} from '../support/python.ts'

const steps = 50
const size = 32

type Case = {
  title: string
  shape: readonly number[]
  add: Parameters<typeof network>[1]
  /** PyTorch's forward pass from `x` [rows, features] and the weights `w`, in the shapes that tfjs has. */
  forward: string
}

const cases: Case[] = [
  {
    title: 'a multilayer perceptron',
    shape: [20],
    add: (tf, [x]) =>
      [64, 32].reduce(
        (h, units) => apply(tf.layers.dense({units, activation: 'relu'}), h),
        x as Tf.SymbolicTensor,
      ),
    forward: `
    h = F.relu(x @ w[0] + w[1])
    h = F.relu(h @ w[2] + w[3])
    return h @ w[4] + w[5]`,
  },
  {
    title: 'a convolutional network',
    shape: [14, 14, 1],
    add: (tf, [x]) => {
      const block = (h: Tf.SymbolicTensor, filters: number) =>
        apply(
          tf.layers.maxPooling2d({poolSize: 2}),
          apply(tf.layers.conv2d({filters, kernelSize: 3, padding: 'same', activation: 'relu'}), h),
        )
      return apply(tf.layers.flatten(), block(block(x!, 8), 16))
    },
    forward: `
    h = x.reshape(-1, 14, 14, 1).permute(0, 3, 1, 2)
    for k, b in ((w[0], w[1]), (w[2], w[3])):
        h = F.max_pool2d(F.relu(F.conv2d(h, k.permute(3, 2, 0, 1), b, padding=1)), 2)
    return h.permute(0, 2, 3, 1).flatten(1) @ w[4] + w[5]`,
  },
]

/** How PyTorch writes the same optimizer; ours take tfjs's epsilon of 1e-7. */
const optimizers = {
  sgd: 'torch.optim.SGD(w, lr=rate, momentum=0.9)',
  adam: 'torch.optim.Adam(w, lr=rate, eps=1e-7)',
  adamw:
    'torch.optim.AdamW([{"params": kernels}, {"params": rest, "weight_decay": 0}], lr=rate, eps=1e-7, weight_decay=0.1)',
}
const rates = {sgd: 0.05, adam: 0.001, adamw: 0.001}

describe.skipIf(!hasTorch)('PyTorch', () => {
  for (const {title, shape, add, forward} of cases)
    for (const optimizer of Object.keys(optimizers) as (keyof typeof optimizers)[])
      test(`${title} by ${optimizer} has the weights of PyTorch after ${steps} steps`, async () => {
        const features = shape.reduce((a, b) => a * b, 1)
        const rows = rowsFor(steps * size, features, {classes: 3})
        const {model} = await network([shape], add)
        const stepper = await compiled(
          model,
          {
            loss: 'cross-entropy',
            optimizer,
            momentum: 0.9,
            batchSize: size,
            ...(optimizer === 'adamw' ? {weightDecay: 0.1} : {}),
          },
          {features},
        )
        const before = stepper.read().params
        const losses = await stepper.step(inOrder(rows, rates[optimizer]))
        const peer = await python<{params: number[]; losses: number[]; exact: number[]}>(
          `
import torch, torch.nn.functional as F
torch.set_num_threads(2)
rate, size = data["rate"], int(data["size"])
y = torch.tensor(data["y"]).long()
def train(dtype):
    x = torch.tensor(data["x"], dtype=dtype).reshape(-1, data["features"])
    flat, w, at = torch.tensor(data["before"], dtype=dtype), [], 0
    for shape in data["shapes"]:
        n = 1
        for s in shape: n *= int(s)
        w.append(flat[at:at + n].reshape([int(s) for s in shape]).clone().requires_grad_()); at += n
    kernels, rest = [p for p in w if p.dim() > 1], [p for p in w if p.dim() == 1]
    def forward(x):${forward.replaceAll('\n', '\n    ')}
    o = ${optimizers[optimizer]}
    losses = []
    for i in range(0, len(x), size):
        o.zero_grad()
        loss = F.cross_entropy(forward(x[i:i + size]), y[i:i + size])
        loss.backward()
        o.step()
        losses.append(loss.item())
    return torch.cat([p.detach().flatten() for p in w]).tolist(), losses
params, losses = train(torch.float32)
result = {"params": params, "losses": losses, "exact": train(torch.float64)[0]}
`,
          {
            x: rows.x,
            y: rows.y,
            features,
            before,
            shapes: weightsOf(model).learned.slots.map(({weight}) => weight.shape),
            rate: rates[optimizer],
            size,
          },
        )
        const moved = distance(before, peer.params)
        expect(moved).toBeGreaterThan(0.01)
        // Rounding differs in every sum, and Adam divides by what is small. PyTorch itself in float64 tells how
        // much of that is rounding: as near to it as PyTorch in float32 is, give or take, or a thousandth of the way.
        const rounding = distance(peer.params, peer.exact)
        const ours = distance(stepper.read().params, peer.exact)
        expect(ours).toBeLessThan(Math.max(1e-3 * moved, 3 * rounding))
        expect(
          distance(
            losses.map(m => m.loss),
            peer.losses,
          ),
        ).toBeLessThan(1e-5)
      })
})

function inOrder(rows: Matrix, rate: number) {
  const each = Array.from({length: steps}, (_, i) => i)
  return {
    rows,
    order: Int32Array.from({length: rows.rows}, (_, i) => i),
    ranges: Int32Array.from(each.flatMap(i => [i * size, (i + 1) * size])),
    first: 1,
    rates: Float64Array.from(each, () => rate),
  }
}
