import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {profileFile} from '../../../../core/data/profile/file.ts'
import {parseParams} from '../../../../core/notebook/params.ts'
import {packageRoot} from '../../../../core/package-root.ts'
import {steps} from '../../../../core/steps/index.ts'
import {temporaryFolder} from '../../../support/folder.ts'

const task = {signal: new AbortController().signal, tell: () => {}}

async function profileOf(csv: string, target?: string) {
  const file = join(await temporaryFolder(), 'rows.csv')
  await writeFile(file, csv)
  return profileFile(file, {target}, task)
}

test('figures of a column are those worked out by hand', async () => {
  const {rows, columns, duplicates, missing} = await profileOf('x,tag\n1,a\n2,a\n3,b\n4,\n4,\n,b\n')
  expect([rows, duplicates, missing.rows]).toEqual([6, 1, 3])
  const [x, tag] = columns
  expect(x).toMatchObject({name: 'x', kind: 'number', missing: 1, distinct: 4})
  const numbers = (x as Extract<typeof x, {kind: 'number'}>).numbers!
  expect(numbers).toMatchObject({min: 1, max: 4, mean: 2.8, zeros: 0, infinite: 0})
  // Sample variance of 1, 2, 3, 4, 4: (3.24 + 0.64 + 0.04 + 1.44 + 1.44) / 4.
  expect(numbers.sd).toBeCloseTo(Math.sqrt(6.8 / 4), 12)
  expect(numbers.quantiles.find(q => q.p === 0.5)!.value).toBe(3)
  expect(numbers.histogram.counts.reduce((a, b) => a + b)).toBe(5)
  expect(tag).toMatchObject({name: 'tag', missing: 2, distinct: 2})
})

test('a column that gives the target away is told, one of unique values is not', async () => {
  const lines = Array.from({length: 200}, (_, i) => {
    const label = (i * 7919) % 13 < 5 ? 'yes' : 'no'
    return `${i},${label === 'yes' ? 'Y' : 'N'},${(i * 31) % 17},${label}`
  })
  const {target, warnings} = await profileOf(`id,copy,noise,label\n${lines.join('\n')}\n`, 'label')
  expect(target!.columns[0]).toMatchObject({name: 'copy'})
  expect(target!.columns[0]!.value).toBeGreaterThan(0.99)
  expect(target!.columns.find(c => c.name === 'id')!.value).toBeLessThan(0.75)
  const leak = warnings.find(w => w.kind === 'leakage')!
  expect(leak.columns).toEqual(['copy'])
  expect(leak.fix).toEqual({kind: 'drop', params: {columns: ['copy']}})
})

test('what stands out is warned of, and every fix is a step with valid parameters', async () => {
  const lines = Array.from({length: 300}, (_, i) => {
    const long = i % 50 === 0 ? 1e6 * (i + 1) : i % 10
    return `7,,row-${i},${long},${i % 3 === 0 ? '' : i % 5},${i < 290 ? 'common' : 'rare'}`
  })
  const {warnings} = await profileOf(
    `constant,empty,key,skewed,gaps,label\n${lines.join('\n')}\n`,
    'label',
  )
  const kinds = warnings.map(w => w.kind)
  for (const kind of ['constant', 'empty', 'id-like', 'skewed', 'missing', 'imbalanced'])
    expect(kinds).toContain(kind)
  const fixes = warnings.flatMap(w => w.fix ?? [])
  expect(fixes.length).toBeGreaterThan(4)
  for (const {kind, params} of fixes) {
    expect(Object.keys(steps)).toContain(kind)
    parseParams(steps[kind]!, params, kind)
  }
})

test('three million rows are looked at without sampling', async () => {
  const file = join(packageRoot(), 'node_modules/vega-datasets/data/flights-3m.parquet')
  const {rows, columns, limits} = await profileFile(file, {}, task)
  expect(rows).toBe(3_000_000)
  const delay = columns.find(c => c.name === 'delay')!
  expect(delay).toMatchObject({missing: 0, numbers: {min: -1116, max: 1688}})
  // An estimate is said to be one; what is not said to be one is exact.
  expect(delay).toMatchObject({distinct: 867})
  expect(delay.estimated).toBeUndefined()
  expect(limits.length > 0).toBe(columns.some(c => c.estimated))
})
