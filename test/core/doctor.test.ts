import {expect, test} from 'vitest'
import {examine} from '../../core/doctor.ts'
import {wayTo} from '../../core/train/device.ts'
import {bancada} from '../support/cli.ts'

test('the doctor tries every device and every backend, and says what is missing and what to do', async () => {
  const {findings} = await examine()
  const found = Object.fromEntries(findings.map(finding => [finding.name, finding]))
  expect(found['ONNX Runtime']).toMatchObject({state: 'ok', detail: expect.stringMatching(/^1\./)})
  expect(found['Training on cpu']).toMatchObject({state: 'ok', detail: 'computes'})
  for (const device of ['cuda', 'directml', 'webgpu'] as const) {
    const {state, detail, hint} = found[`Training on ${device}`]!
    // Whether it starts depends on the machine; what is not there is no fault of Bancada's.
    if (state === 'ok') expect(detail).toMatch(/^computes/)
    else expect({state, hint}).toEqual({state: 'missing', hint: String(wayTo[device])})
  }
  expect(found['tfjs wasm']).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/computes$/),
  })
  expect(found['tfjs cpu']).toMatchObject({state: 'ok'})
  expect(findings.filter(f => f.state === 'broken')).toEqual([])
})

test('as it is built it finds nothing broken either', async () => {
  const {code, stdout} = await bancada('doctor', '--json')
  const {findings} = JSON.parse(stdout) as {findings: {state: string}[]}
  expect(findings.filter(finding => finding.state === 'broken')).toEqual([])
  expect(code).toBe(0)
})
