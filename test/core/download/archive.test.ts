import {randomBytes} from 'node:crypto'
import {mkdir, open, readdir, readFile, stat, truncate, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {unzipSync} from 'fflate'
import {expect, test} from 'vitest'
import {writeArchive} from '../../../core/download/archive.ts'
import {program} from '../../support/child.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {smallDisk} from '../../support/small-disk.ts'

async function sample() {
  const place = await temporaryFolder()
  const folder = join(place, 'bundle')
  await mkdir(folder)
  const noise = new Uint8Array(700_000).map((_, i) => (i * i * 31 + (i >> 3)) % 251)
  const files: Record<string, Uint8Array> = {
    'server.mjs': Buffer.from('export {}\n'),
    'model.onnx': noise,
    empty: new Uint8Array(0),
  }
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
  return {place, folder, files}
}

test('an archive holds every file as it is, below one folder', async () => {
  const {place, folder, files} = await sample()
  const told: (number | undefined)[] = []
  const to = join(place, 'a.zip')
  await writeArchive(folder, to, {under: 'penguins-1', tell: ({done}) => told.push(done)})
  const found = unzipSync(await readFile(to))
  expect(Object.keys(found)).toEqual(
    Object.keys(files)
      .sort()
      .map(name => `penguins-1/${name}`),
  )
  for (const [name, bytes] of Object.entries(files))
    expect(Buffer.compare(found[`penguins-1/${name}`]!, bytes)).toBe(0)
  expect(told.at(-1)).toBe(1)
  expect(told).toEqual([...told].sort())
})

test('the same files give the same bytes, at any time and in any time zone', async () => {
  const {place, folder, files} = await sample()
  await writeArchive(folder, join(place, 'a.zip'), {under: 'm'})
  for (const [name, bytes] of Object.entries(files)) {
    const handle = await open(join(folder, name), 'w')
    await handle.writeFile(bytes)
    await handle.utimes(1, 1)
    await handle.close()
  }
  const {ended} = await program(
    `import {writeArchive} from './core/download/archive.ts'
    process.env.TZ = 'Pacific/Auckland'
    await writeArchive(process.argv[2]!, process.argv[3]!, {under: 'm'})`,
    [folder, join(place, 'b.zip')],
  )
  expect(await ended()).toBe(0)
  const [a, b] = await Promise.all(['a.zip', 'b.zip'].map(name => readFile(join(place, name))))
  expect(Buffer.compare(a!, b!)).toBe(0)
})

test('nothing is left of an archive that was stopped', async () => {
  const {place, folder} = await sample()
  const stop = new AbortController()
  const {signal} = stop
  const made = writeArchive(folder, join(place, 'a.zip'), {
    under: 'm',
    signal,
    tell: () => stop.abort(),
  })
  await expect(made).rejects.toMatchObject({code: 'cancelled'})
  expect(await readdir(place)).toEqual(['bundle'])
})

test('a full disk is told as such, and leaves nothing', async ({skip}) => {
  const {folder} = await sample()
  const disk = await temporaryFolder()
  if (!smallDisk(disk)) skip('this machine lets no disk be made')
  await writeFile(join(folder, 'more'), randomBytes(2_000_000))
  await expect(writeArchive(folder, join(disk, 'a.zip'), {under: 'm'})).rejects.toMatchObject({
    code: 'no-space',
  })
  expect(await readdir(disk)).toEqual([])
})

test('what is too large for the format is refused, with the other way', async () => {
  const {place, folder} = await sample()
  await writeFile(join(folder, 'huge'), '')
  // A hole: it takes no space.
  await truncate(join(folder, 'huge'), 2 ** 32)
  expect((await stat(join(folder, 'huge'))).size).toBe(2 ** 32)
  await expect(writeArchive(folder, join(place, 'a.zip'), {under: 'm'})).rejects.toMatchObject({
    code: 'refused',
    hint: expect.stringContaining('bancada package --to DIR'),
  })
})

test('an archive is never written over a file that is there', async () => {
  const {place, folder} = await sample()
  const to = join(place, 'a.zip')
  await writeFile(to, 'mine')
  await expect(writeArchive(folder, to, {under: 'm'})).rejects.toThrow('EEXIST')
  expect(await readFile(to, 'utf8')).toBe('mine')
})
