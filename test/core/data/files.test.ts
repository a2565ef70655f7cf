import {mkdir, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {dataFiles, Uploads} from '../../../core/data/files.ts'
import {OpenDocument} from '../../../core/notebook/live/document.ts'
import {openProject} from '../../../core/project.ts'
import {firstDocument} from '../../../core/schema/first-document.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {smallDisk} from '../../support/small-disk.ts'
import {readOnly} from '../../support/unprivileged.ts'

async function open(folder?: string) {
  const root = folder ?? (await temporaryFolder())
  const temp = join(root, '.bancada', 'tmp')
  const uploads = new Uploads({folder: root, temp})
  const put = (part: Partial<Parameters<Uploads['put']>[0]> & {text?: string}) =>
    uploads.put({
      upload: 'upload-1',
      name: 'a.csv',
      offset: 0,
      bytes: new TextEncoder().encode(part.text ?? 'x\n1\n'),
      last: true,
      ...part,
    })
  const data = () => readdir(join(root, 'data')).catch(() => [])
  const left = async () => {
    const found = await readdir(temp, {recursive: true, withFileTypes: true}).catch(() => [])
    return found.filter(one => one.isFile()).map(({name}) => name)
  }
  return {root, temp, put, data, left}
}

test('a file comes part by part and is there whole after the last one', async () => {
  const {root, put, data, left} = await open()
  expect(await put({text: 'x\n', last: false})).toEqual({})
  expect(await put({text: '1\n', offset: 2, last: false})).toEqual({})
  expect(await data()).toEqual([])
  expect(await put({text: '', offset: 4})).toEqual({path: 'data/a.csv'})
  expect(await readFile(join(root, 'data', 'a.csv'), 'utf8')).toBe('x\n1\n')
  expect(await left()).toEqual([])
})

test('a name that is taken gets a number, and what had it stays', async () => {
  const {root, put} = await open()
  const paths = [await put({text: '1'}), await put({text: '2'}), await put({text: '3'})]
  expect(paths.map(({path}) => path)).toEqual(['data/a.csv', 'data/a-2.csv', 'data/a-3.csv'])
  expect(await readFile(join(root, 'data', 'a.csv'), 'utf8')).toBe('1')
})

test('two files of one name at the same time are two files', async () => {
  const {root, put} = await open()
  await put({upload: 'upload-1', text: 'one', last: false})
  await put({upload: 'upload-2', text: 'two', last: false})
  const both = await Promise.all([
    put({upload: 'upload-1', offset: 3, text: '!'}),
    put({upload: 'upload-2', offset: 3, text: '!'}),
  ])
  const texts = both.map(({path}) => readFile(join(root, path!), 'utf8'))
  expect(await Promise.all(texts)).toEqual(['one!', 'two!'])
})

test('a folder in a name is left out, so that nothing lands elsewhere', async () => {
  const {put} = await open()
  expect(await put({name: '../../x.csv'})).toEqual({path: 'data/x.csv'})
  expect(await put({name: 'C:\\data\\preços 2024.csv'})).toEqual({path: 'data/preços 2024.csv'})
})

test('a file may go into a folder below data, and into no other', async () => {
  const {root, put} = await open()
  expect(await put({name: '1.png', folder: 'pets/cat'})).toEqual({path: 'data/pets/cat/1.png'})
  expect(await put({name: '1.png', folder: 'pets/cat'})).toEqual({path: 'data/pets/cat/1-2.png'})
  for (const folder of ['..', 'pets/../..', '/etc', 'pets//cat', '.git', 'a/b/c/d/e/f/g/h/i'])
    await expect(put({name: '1.png', folder}), folder).rejects.toMatchObject({code: 'refused'})
  await symlink(join(root, '..'), join(root, 'data', 'out'))
  await expect(put({name: '1.png', folder: 'out'})).rejects.toMatchObject({code: 'refused'})
})

test('images that lie in folders are listed as one folder, other files one by one', async () => {
  const {root, put} = await open()
  await put({name: 'cat.png'})
  await put({name: 'pets.csv'})
  for (const folder of ['pets/cat', 'pets/cat', 'pets/dog/small'])
    await put({name: '1.png', folder})
  await put({name: 'notes.txt', folder: 'pets'})
  expect((await dataFiles(root)).map(({path, images}) => [path, images])).toEqual([
    ['data/cat.png', undefined],
    ['data/pets', 3],
    ['data/pets.csv', undefined],
    ['data/pets/notes.txt', undefined],
  ])
})

test('a project that begins with folders of images reads each by an images cell', () => {
  const text = firstDocument('Pets', ['data/pets/cat/1.png', 'data/pets/dog/1.png', 'data/a.csv'])
  expect(text).toContain('```yaml cell=pets kind=images\nfolder: "data/pets"\n```')
  expect(text).toContain('```yaml cell=a kind=source\nfile: "data/a.csv"\n```')
  expect(text.match(/```yaml/g)).toHaveLength(2)
})

test.each(['', ' ', '.', '..', '.env', 'a/', 'a\0.csv', 'a\n.csv', 'CON:', 'what?.csv', 'a|b'])(
  '"%s" cannot be the name of a file',
  async name => {
    const {put, data} = await open()
    await expect(put({name})).rejects.toMatchObject({code: 'refused'})
    expect(await data()).toEqual([])
  },
)

test('parts out of order are refused, and nothing of them is kept', async () => {
  const {put, data, left} = await open()
  await expect(put({offset: 4})).rejects.toMatchObject({code: 'bad-request'})
  await put({text: 'x\n', last: false})
  await expect(put({text: '1\n', offset: 3})).rejects.toMatchObject({code: 'bad-request'})
  expect([await data(), await left()]).toEqual([[], []])
  // It can be brought in again from the start.
  expect(await put({})).toEqual({path: 'data/a.csv'})
})

test.skipIf(process.platform === 'win32')(
  'a disk that takes no changes is told as such',
  async () => {
    const {root, put} = await open()
    await mkdir(join(root, 'data'))
    const put1 = readOnly(join(root, 'data'), async () => {
      await expect(put({})).rejects.toMatchObject({code: 'read-only'})
    })
    await put1
  },
)

test('the files of data are listed with sizes, those in folders too, hidden ones not', async () => {
  const {root, put} = await open()
  expect(await dataFiles(root)).toEqual([])
  await put({})
  await mkdir(join(root, 'data', 'b'))
  await writeFile(join(root, 'data', 'b', 'c.parquet'), 'PAR1')
  await writeFile(join(root, 'data', '.DS_Store'), '')
  const files = await dataFiles(root)
  expect(files.map(({path, bytes}) => [path, bytes])).toEqual([
    ['data/a.csv', 4],
    ['data/b/c.parquet', 4],
  ])
  expect(Date.parse(files[0]!.modified)).toBeGreaterThan(Date.now() - 60_000)
})

test('a disk that fills up keeps the old text whole, and takes the edit once there is room', async context => {
  const root = join(await temporaryFolder(), 'disk')
  await mkdir(root)
  if (!smallDisk(root)) return context.skip()
  await mkdir(join(root, 'notebooks'))
  await writeFile(join(root, 'bancada.json'), '{"version": 1, "name": "small"}')
  const file = join(root, 'notebooks', 'a.md')
  const text = `${'words '.repeat(20_000)}\n\n\`\`\`sql cell=a\nselect 1\n\`\`\`\n`
  await writeFile(file, text)
  const doc = new OpenDocument(await openProject(root), 'notebooks/a.md')
  onTestFinished(() => doc.close())
  const full = join(root, 'full')
  await writeFile(full, Buffer.alloc(2 ** 20)).catch(() => {})
  const edit = {do: 'body', cell: 'a', body: 'select 2\n'} as const
  await expect(doc.edit(edit)).rejects.toMatchObject({code: 'no-space', where: file})
  expect(await readFile(file, 'utf8')).toBe(text)
  expect(await readdir(join(root, 'notebooks'))).toEqual(['a.md'])
  const {put, data, left} = await open(root)
  const bytes = Buffer.alloc(2 ** 20)
  await expect(put({bytes})).rejects.toMatchObject({code: 'no-space'})
  expect([await data(), await left()]).toEqual([[], []])
  await rm(full)
  await doc.edit(edit)
  expect(await readFile(file, 'utf8')).toBe(text.replace('select 1', 'select 2'))
})
