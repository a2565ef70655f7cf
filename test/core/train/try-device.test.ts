import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tryDevice} from '../../../core/train/try-device.ts'
import {temporaryFolder} from '../../support/folder.ts'

test('the CPU computes; a device that this build does not have says so, with a way to it', async () => {
  expect(await tryDevice('cpu')).toEqual({ok: true, detail: 'computes'})
  const absent = process.platform === 'win32' ? 'cuda' : 'directml'
  expect(await tryDevice(absent)).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/did not start/),
    hint: expect.stringMatching(/CUDA|DirectML/),
  })
  expect(await tryDevice('tfjs·wasm')).toEqual({ok: true, detail: 'computes'})
})

const driver = async (code: string) => {
  const file = join(await temporaryFolder(), 'driver.mjs')
  await writeFile(file, code)
  return file
}

test('a driver that ends its process, and one that never answers, are told and do no harm', async () => {
  const crashing = await driver('process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000)')
  expect(await tryDevice('webgpu', {program: crashing})).toMatchObject({
    ok: false,
    detail: ['the driver ended the process ({0})', 'SIGSEGV'],
    hint: expect.stringContaining('Vulkan'),
  })
  const exiting = await driver('process.exit(3)')
  expect(await tryDevice('webgpu', {program: exiting})).toMatchObject({
    detail: ['the driver ended the process ({0})', ['exit code {0}', '3']],
  })
  const hanging = await driver('setInterval(() => {}, 1000)')
  expect(await tryDevice('webgpu', {program: hanging, timeout: 500})).toMatchObject({
    ok: false,
    detail: ['it did not answer within {0} s', 0.5],
  })
})
