// A version taken away by the command line: the archive serves from wherever it is unpacked.
import {createHash} from 'node:crypto'
import {cp, mkdir, readdir, readFile, rm, truncate, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {unzipSync} from 'fflate'
import {beforeAll, expect, test} from 'vitest'
import {openModel} from '../../../core/onnx/predict.ts'
import {verifyBundle} from '../../../core/serving/bundle.ts'
import {checkGolden} from '../../../core/serving/golden.ts'
import {bancada, lastJson} from '../../support/cli.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {ranProject} from '../../support/ran-project.ts'
import {smallDisk} from '../../support/small-disk.ts'

let ran: string
beforeAll(async () => {
  ran = await ranProject()
}, 240_000)

const name = 'penguin-species'

async function project() {
  const place = await temporaryFolder()
  const folder = join(place, 'p')
  await cp(ran, folder, {recursive: true})
  const download = (...args: string[]) =>
    bancada('models', 'download', ...args, '--project', folder, '--json')
  return {place, folder, download}
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

test('the archive of a version serves from the folder that it is unpacked to', async () => {
  const {place, folder, download} = await project()
  const to = join(place, 'taken.zip')
  const result = lastJson(await download(name, '1', '--to', to))
  const bytes = await readFile(to)
  expect(result).toEqual({ok: true, file: to, bytes: bytes.length, sha256: sha256(bytes)})
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    await mkdir(dirname(join(place, path)), {recursive: true})
    await writeFile(join(place, path), content)
  }
  const unpacked = join(place, `${name}-1`)
  await verifyBundle(unpacked)
  expect(await checkGolden(unpacked)).toMatchObject({mismatches: 0})
  // The same version is the same archive, and nothing is left in the project.
  const again = lastJson(await download(name, '1', '--to', join(place, 'again.zip')))
  expect(again.sha256).toBe(result.sha256)
  const temp = await readdir(join(folder, '.bancada', 'tmp'))
  expect(temp.filter(file => file.startsWith('download'))).toEqual([])
}, 120_000)

test('the graph alone runs, and the card comes as a page and as Markdown in either language', async () => {
  const {place, download} = await project()
  const take = async (what: string, file: string, ...more: string[]) => {
    const {code, stdout} = await download(
      name,
      '1',
      '--what',
      what,
      '--to',
      join(place, file),
      ...more,
    )
    expect(stdout).toContain('"ok":true')
    expect(code).toBe(0)
    return readFile(join(place, file))
  }
  await take('onnx', 'm.onnx')
  const model = await openModel(join(place, 'm.onnx'))
  await model.release()
  const page = String(await take('card-html', 'card.html', '--language', 'pt-BR'))
  expect(page).toMatch(/^<!doctype html>\n<html lang="pt-BR">/)
  expect(page).toContain('content="default-src &#39;none&#39;;')
  expect(page).toContain('<h1>Ficha do modelo: penguin-species, versão 1</h1>')
  expect(page).toContain('<table>')
  expect(page).not.toMatch(/<script|src=|href=/)
  const markdown = String(await take('card-md', 'card.md'))
  expect(markdown).toMatch(/^# Model card: penguin-species, version 1\n/)
}, 60_000)

test('what cannot be taken says why, and leaves nothing', async () => {
  const {place, folder, download} = await project()
  const fault = async (...args: string[]) => {
    const answer = await download(...args)
    return {code: answer.code, fault: lastJson(answer).fault}
  }
  const to = join(place, 'a.zip')
  expect(await fault(name, '7', '--to', to)).toMatchObject({fault: {code: 'unknown-name'}})
  expect(await fault('../p', '1', '--to', to)).toMatchObject({fault: {code: 'unknown-name'}})
  expect(await fault(name, '1', '--what', 'card.pdf')).toMatchObject({
    code: 2,
    fault: {hint: 'it is one of bundle, onnx, card-html, card-md'},
  })
  await writeFile(join(place, 'mine'), 'mine')
  expect(await fault(name, '1', '--to', join(place, 'mine'))).toMatchObject({
    fault: {code: 'refused', message: expect.stringContaining('is there already')},
  })
  expect(await readFile(join(place, 'mine'), 'utf8')).toBe('mine')
  expect(await fault(name, '1', '--to', join(place, 'no', 'where.zip'))).toMatchObject({
    fault: {code: 'missing-file', where: join(place, 'no', 'where.zip')},
  })
  // A file of the registry that is not what was registered.
  const versions = join(folder, '.bancada', 'models', name, 'versions')
  await truncate(join(versions, (await readdir(versions))[0]!, 'model.onnx'), 10)
  expect(await fault(name, '1', '--what', 'onnx', '--to', to)).toMatchObject({
    fault: {code: 'damaged', hint: expect.stringContaining('run the document again')},
  })
  // The bundle's own copy is whole; without any, it says what to do.
  const objects = join(folder, '.bancada', 'objects')
  for (const hash of await readdir(objects))
    if ((await readdir(join(objects, hash))).includes('bundle'))
      await rm(join(objects, hash), {recursive: true})
  expect(await fault(name, '1', '--to', to)).toMatchObject({
    fault: {code: 'missing-file', hint: expect.stringContaining('add a package cell')},
  })
  expect((await readdir(place)).sort()).toEqual(['mine', 'p'])
}, 120_000)

test('a full disk is told, and the half file is gone', async ({skip}) => {
  const {download} = await project()
  const disk = await temporaryFolder()
  if (!smallDisk(disk)) skip('this machine lets no disk be made')
  await writeFile(join(disk, 'full'), new Uint8Array(1_040_000))
  const answer = await download(name, '1', '--to', join(disk, 'a.zip'))
  expect(lastJson(answer).fault).toMatchObject({code: 'no-space', where: join(disk, 'a.zip')})
  expect(await readdir(disk)).toEqual(['full'])
}, 60_000)
