import {mkdir, readdir, utimes, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import type {Value} from '../../core/schema/value.ts'
import {Store} from '../../core/store.ts'
import {temporaryFolder} from '../support/folder.ts'
import {readOnly} from '../support/unprivileged.ts'

const value = {
  type: 'report',
  report: {about: 'drift', title: 't', metrics: [], exhibits: [], warnings: []},
} satisfies Value
const hash = 'a'.repeat(64)

async function store() {
  const made = new Store(await temporaryFolder())
  await made.prepare()
  return made
}

test('a result is there whole, with its files, or not at all', async () => {
  const it = await store()
  expect(await it.get(hash)).toBeUndefined()
  await it.put(hash, 'drift', async folder => {
    await writeFile(join(folder, 'table.parquet'), 'rows')
    expect(await it.get(hash)).toBeUndefined()
    return {value, rows: 3}
  })
  expect(await it.get(hash)).toMatchObject({
    hash,
    kind: 'drift',
    rows: 3,
    value,
    files: {'table.parquet': 4},
  })
  expect(await readdir(it.temp)).toEqual([])
})

test('a failed cell leaves nothing behind', async () => {
  const it = await store()
  const failing = it.put(hash, 'drift', async folder => {
    await writeFile(join(folder, 'half.parquet'), 'ha')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await it.get(hash)).toBeUndefined()
  expect(await readdir(it.temp)).toEqual([])
})

test('two that make the same result at once end with one of them', async () => {
  const it = await store()
  const make = (rows: number) => it.put(hash, 'drift', async () => ({value, rows}))
  const [a, b] = await Promise.all([make(1), make(2)])
  expect(a).toEqual(b)
  expect(await it.get(hash)).toEqual(a)
})

test('a torn or hand-edited result is made again', async () => {
  const it = await store()
  const make = () =>
    it.put(hash, 'drift', async folder => {
      await writeFile(join(folder, 'table.parquet'), 'rows')
      return {value, rows: 3}
    })
  await make()
  await writeFile(join(it.objects, hash, 'table.parquet'), 'ro')
  expect(await it.get(hash)).toBeUndefined()
  await make()
  expect(await it.get(hash)).toMatchObject({rows: 3})
  await writeFile(join(it.objects, hash, 'result.json'), '{"version": 1')
  expect(await it.get(hash)).toBeUndefined()
})

test('a fresh kind’s result takes the place of the last one', async () => {
  const it = await store()
  await it.put(hash, 'drift', async () => ({value, rows: 1}))
  await it.put(hash, 'drift', async () => ({value, rows: 2}), {replace: true})
  expect((await it.get(hash))?.rows).toBe(2)
})

test('a read-only folder says so, with a way out', async () => {
  const it = await store()
  const put = () => it.put(hash, 'drift', async () => ({value}))
  await expect(readOnly(it.temp, put)).rejects.toMatchObject({
    code: 'read-only',
    hint: expect.stringContaining('copy the project'),
  })
})

test('checkpoints go when their result is stored, and when nobody came back for them', async () => {
  const it = await store()
  const [other, old] = ['b'.repeat(64), 'c'.repeat(64)]
  const keep = async (...hashes: string[]) => {
    for (const name of hashes) {
      await mkdir(join(it.checkpoints, name), {recursive: true})
      await writeFile(join(it.checkpoints, name, 'fold-0.checkpoint'), 'state')
    }
  }
  await keep(hash, other)
  await it.put(hash, 'drift', async () => ({value}))
  expect(await readdir(it.checkpoints)).toEqual([other])
  // A process that was slower than another one leaves its own behind.
  await keep(hash, old)
  const month = (Date.now() - 31 * 24 * 3_600_000) / 1000
  await utimes(join(it.checkpoints, old), month, month)
  await it.prepare()
  expect(await readdir(it.checkpoints)).toEqual([other])
})
