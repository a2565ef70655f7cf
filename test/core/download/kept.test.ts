import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {readdir, rm, truncate, utimes, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {KeptDownloads} from '../../../core/download/kept.ts'
import {temporaryFolder} from '../../support/folder.ts'

const bytes = new Uint8Array(2_500_000).map((_, i) => (i * 7 + (i >> 9)) % 256)

async function kept({linger}: {linger?: number} = {}) {
  const temp = await temporaryFolder()
  const downloads = new KeptDownloads(temp, {linger})
  onTestFinished(() => downloads.close())
  const file = await downloads.aside()
  await writeFile(file, bytes)
  const gone = new AbortController()
  const made = {file, own: true, name: 'a-1.zip', type: 'application/zip'}
  const download = await downloads.keep(made, {gone: gone.signal})
  return {temp, downloads, file, gone, download}
}

test('a file is read part by part, and has the checksum that was told', async () => {
  const {downloads, download} = await kept()
  const parts: Uint8Array[] = []
  for (let offset = 0; ; ) {
    const {part} = await downloads.read(download.id, offset)
    if (part.length === 0) break
    parts.push(part)
    offset += part.length
  }
  expect(parts.length).toBeGreaterThan(2)
  const whole = Buffer.concat(parts)
  expect(Buffer.compare(whole, bytes)).toBe(0)
  expect(createHash('sha256').update(whole).digest('hex')).toBe(download.sha256)
  expect(download.bytes).toBe(bytes.length)
})

test('a file stays while it is read after who asked for it has gone, and is then removed', async () => {
  const {downloads, download, gone, file} = await kept({linger: 100})
  gone.abort()
  expect((await downloads.read(download.id, 0)).part.length).toBeGreaterThan(0)
  await expect.poll(() => existsSync(file)).toBe(false)
  await expect(downloads.read(download.id, 0)).rejects.toMatchObject({code: 'unknown-name'})
})

test('a file of the registry, which was not made for this, is never removed', async () => {
  const {downloads, temp} = await kept()
  const file = join(temp, 'model.onnx')
  await writeFile(file, 'x')
  const {signal} = new AbortController()
  const made = {file, own: false, name: 'a-1.onnx', type: 'application/octet-stream'}
  await downloads.keep(made, {gone: signal})
  await downloads.close()
  expect(await readdir(temp)).toEqual(['model.onnx'])
})

test('the oldest of many goes, with its file', async () => {
  const {downloads, temp, file, download} = await kept()
  const {signal} = new AbortController()
  for (let i = 0; i < 16; i++) {
    const other = await downloads.aside()
    await writeFile(other, String(i))
    await downloads.keep({file: other, own: true, name: 'b', type: 't'}, {gone: signal})
  }
  expect(existsSync(file)).toBe(false)
  expect(await readdir(temp)).toHaveLength(16)
  await expect(downloads.read(download.id, 0)).rejects.toMatchObject({code: 'unknown-name'})
})

test('what a killed process left is removed when it is old, and nothing else', async () => {
  const {downloads, temp, file} = await kept()
  const left = join(temp, 'download-left')
  const other = join(temp, 'upload-1')
  for (const path of [left, other]) {
    await writeFile(path, 'x')
    await utimes(path, 1, 1)
  }
  await downloads.aside()
  expect([left, other, file].map(existsSync)).toEqual([false, true, true])
})

test('a file that is cut short or gone meanwhile is told with its place', async () => {
  const {downloads, download, file} = await kept()
  await truncate(file, 10)
  await expect(downloads.read(download.id, 0)).rejects.toMatchObject({code: 'damaged', where: file})
  await rm(file)
  await expect(downloads.read(download.id, 0)).rejects.toMatchObject({
    code: 'missing-file',
    where: file,
  })
})
