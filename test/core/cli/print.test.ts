import {expect, test} from 'vitest'
import {fault, figure} from '../../../core/cli/print.ts'

test('a figure has four digits, and loses no zero before its point', () => {
  expect([4440.3, 5130.2, 0.5, 12.3, 0.01984, 100.04, 7, undefined].map(figure)).toEqual([
    '4440',
    '5130',
    '0.5',
    '12.3',
    '0.01984',
    '100',
    '7',
    '',
  ])
})

test('a fault tells its way out, and where the run that it ended says more', () => {
  expect(fault({code: 'bad-data', message: 'no', hint: 'do this', where: 'net', run: 'r1'})).toBe(
    'error net: no [bad-data]\n  → do this\n  → `bancada runs logs r1` tells what the training said',
  )
})
