// ONNX Runtime reads some numbers of channels wrongly on WebGPU, without a word: ours go around those.
import {expect, test} from 'vitest'
import {Graph} from '../../core/onnx/graph.ts'
import {convolve, intoInput, kernelOf} from '../../core/train/compiled/convolution.ts'
import {openSession, type Provider} from '../../core/train/compiled/session.ts'
import {windows} from '../../core/train/compiled/windows.ts'
import {distance, rowsFor} from '../core/train/compiled/support.ts'
import {gpuProvider, keepDevice} from './keep-device.ts'

keepDevice()

const space = [5, 4]
const rows = 2
const sizes = [3, 4, 6, 8, 9, 15]
const own = sizes.flatMap(inputs => sizes.map(outputs => ({inputs, outputs, depthwise: false})))
// Each of three channels with some outputs of its own.
const apart = [1, 2, 3, 4].map(outputs => ({inputs: 3, outputs, depthwise: true}))

for (const [title, all] of [
  ['a convolution', own],
  ['a depthwise convolution', apart],
] as const)
  test(`${title} and its gradient are those of the CPU, whatever the numbers of channels`, async () => {
    const {Tensor} = await import('onnxruntime-node')
    const wrong: string[] = []
    for (const {inputs, outputs, depthwise} of all) {
      const made = depthwise ? inputs * outputs : outputs
      const given = {
        x: [rows, inputs, ...space],
        kernel: [3, 3, inputs, outputs],
        dy: [rows, made, ...space],
      }
      const feeds = Object.fromEntries(
        Object.entries(given).map(([name, dims], i) => {
          const count = dims.reduce((a, b) => a * b, 1)
          return [name, new Tensor('float32', rowsFor(1, count, {seed: i + 1}).x, dims)]
        }),
      )
      const answers = async (provider: Provider) => {
        const graph = new Graph()
        const spec = {kernel: [3, 3], strides: [1, 1], padding: 'same'} as const
        const of = {...windows(space, spec), inputs, outputs, depthwise, gpu: provider !== 'cpu'}
        const [x, kernel, dy] = Object.entries(given).map(([name, dims]) =>
          graph.input(name, 'float32', dims),
        )
        const weights = kernelOf(graph, of, kernel!)
        graph.output('y', convolve(graph, of, x!, weights), given.dy)
        graph.output('dx', intoInput(graph, of, dy!, weights), given.x)
        const session = await openSession(graph.bytes(), {provider})
        const {y, dx} = await session.run(feeds)
        await session.release()
        return [y!.data, dx!.data] as Float32Array[]
      }
      const [gpu, cpu] = [await answers(gpuProvider), await answers('cpu')]
      for (const [i, part] of ['values', 'gradient'].entries())
        if (distance(gpu[i]!, cpu[i]!) > 1e-5)
          wrong.push(`the ${part} of ${inputs} inputs and ${outputs} outputs`)
    }
    expect(wrong).toEqual([])
  })
