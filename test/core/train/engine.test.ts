import {expect, test} from 'vitest'
import {presentDevices} from '../../../core/train/device.ts'
import {blobs, data, learn, matrix} from '../models/support.ts'

const short = {hidden: [8], epochs: 3, batchSize: 16}
const given = () => {
  const {x, y} = blobs({rows: 60})
  return data('classification', matrix(x, y), 3)
}

test('a short training stays on the CPU without a look at other devices', async () => {
  expect((await learn('mlp', short, given())).engine).toBe('compiled·cpu')
})

test('a device that is asked for is taken, and gives what auto gives on it', async () => {
  const asked = await learn('mlp', {...short, engine: 'cpu'}, given())
  expect([asked.engine, asked.because]).toEqual(['compiled·cpu', [['{0} was asked for', 'cpu']]])
  const auto = await learn('mlp', short, given())
  expect(asked.files!['tfjs/weights.bin']).toEqual(auto.files!['tfjs/weights.bin'])
  const {engine, because} = await learn('mlp', {...short, engine: 'compiled'}, given())
  expect([engine, because]).toEqual(['compiled·cpu', [['{0} was asked for', 'compiled']]])
})

test('a device that is asked for and does not start is an error with a way out', async () => {
  const bundled = await presentDevices()
  for (const engine of ['cuda', 'directml'] as const) {
    if (bundled.includes(engine)) continue
    await expect(learn('mlp', {...short, engine}, given())).rejects.toMatchObject({
      code: 'not-available',
      message: `${engine} is not in this installation of ONNX Runtime`,
      hint: expect.stringMatching(/^set `engine` to auto, or mend it: /),
      where: 'engine',
    })
  }
})
