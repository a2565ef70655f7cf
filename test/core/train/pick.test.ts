import {expect, test} from 'vitest'
import {pick} from '../../../core/train/pick.ts'
import {english, verbatim} from '../../../core/words/says.ts'

const told = ({device, because}: ReturnType<typeof pick>) => [device, ...because.map(english)]

test('the CPU trains unless another device is clearly faster', () => {
  const near = pick([
    {device: 'cpu', rate: 210_000},
    {device: 'webgpu', rate: 1.49 * 210_000},
  ])
  expect(told(near)).toEqual(['cpu', 'cpu 210,000 rows/s', 'webgpu 312,900 rows/s'])
  const far = pick([
    {device: 'cpu', rate: 210_000},
    {device: 'webgpu', rate: 1.5 * 210_000},
  ])
  expect(far.device).toBe('webgpu')
})

test('of two devices that are clearly faster the faster one trains', () => {
  const trials = [
    {device: 'cpu', rate: 100},
    {device: 'cuda', rate: 200},
    {device: 'webgpu', rate: 300},
  ] as const
  expect(pick(trials).device).toBe('webgpu')
  expect(pick([trials[0], trials[2], trials[1]]).device).toBe('webgpu')
})

test('a device that does not start is passed over, with its reason', () => {
  expect(
    told(
      pick([
        {device: 'cpu', rate: 3000},
        {device: 'webgpu', trouble: verbatim('no adapter')},
      ]),
    ),
  ).toEqual(['cpu', 'cpu 3,000 rows/s', 'not webgpu: no adapter'])
})
