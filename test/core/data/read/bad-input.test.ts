import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {toFault} from '../../../../core/error.ts'
import {english} from '../../../../core/words/says.ts'
import {temporaryFolder} from '../../../support/folder.ts'
import {project} from './support.ts'

test('an empty file is an error that says so', async () => {
  const {text} = await project()
  await expect(text('')).rejects.toMatchObject({
    code: 'bad-data',
    message: '"t.csv" is empty (0 bytes)',
    where: 't.csv',
  })
  await expect(text('\n\n')).rejects.toMatchObject({
    code: 'bad-data',
    message: '"t.csv" has no columns',
  })
})

test('a header alone gives a table without rows', async () => {
  const {text} = await project()
  for (const content of ['a,b', 'a,b\n', '\ufeffa,b\r\n']) {
    const {rows, columns} = await text(content)
    expect([rows, columns.map(c => c.name)]).toEqual([0, ['a', 'b']])
  }
})

test('a binary file called .csv is refused by what it is', async () => {
  const {text} = await project()
  const png = Buffer.from('89504e470d0a1a0a0000000d494844520000010000000100', 'hex')
  await expect(text(png)).rejects.toMatchObject({
    code: 'bad-data',
    message: '"t.csv" is a PNG image, not CSV',
  })
  const noise = Buffer.from(Array.from({length: 5000}, (_, i) => (i * 7919) % 251))
  await expect(text(noise)).rejects.toMatchObject({
    code: 'bad-data',
    message: '"t.csv" is not CSV: it holds binary data, not text',
  })
  await expect(text('a,b\n1,2\n', {}, 't.parquet')).rejects.toMatchObject({
    code: 'bad-data',
    message: '"t.parquet" is not Parquet: it holds text',
  })
})

test('ten thousand columns are read and typed', async () => {
  const {put, source} = await project()
  const names = Array.from({length: 10_000}, (_, i) => `column number ${i}`)
  const content = [names, names.map((_, i) => i), names.map(() => 'x').fill('2', 0, 9000)]
  const {rows, columns} = await source({file: await put('t.csv', `${content.join('\n')}\n`)})
  expect(rows).toBe(2)
  expect(columns).toHaveLength(10_000)
  expect(columns.filter(c => c.type === 'BIGINT')).toHaveLength(9000)
}, 240_000)

test('a wide file is read as a narrow one is: fractions, words for missing, dates, text and misfits', async () => {
  const {text} = await project()
  // More columns than are tested one by one.
  const kinds = [
    {cells: ['1', '2'], type: 'BIGINT', values: [1, 2]},
    {cells: ['1.5', 'NaN'], type: 'DOUBLE', values: [1.5, null]},
    {cells: ['-nan', '1,000.5'].map(c => `"${c}"`), type: 'DOUBLE', values: [null, 1000.5]},
    {cells: ['31/12/2020', '01/01/2021'], type: 'DATE', values: ['2020-12-31', '2021-01-01']},
    {cells: ['x', '""'], type: 'VARCHAR', values: ['x', null]},
    {cells: ['3', 'three'], type: 'VARCHAR', values: ['3', 'three']},
  ]
  const at = Array.from({length: 300}, (_, i) => kinds[i % kinds.length]!)
  const line = (row: number) => at.map(k => k.cells[row]).join()
  const {types, data} = await text(`${at.map((_, i) => `c${i}`)}\n${line(0)}\n${line(1)}\n`)
  expect(Object.values(types)).toEqual(at.map(k => k.type))
  for (const row of [0, 1]) expect(Object.values(data[row]!)).toEqual(at.map(k => k.values[row]))
})

test('a field of 50 MB is read, whole', async () => {
  const {put, read} = await project()
  await put('big.csv', `a,b\n1,"${`${'x'.repeat(999_999)}\n`.repeat(50)}"\n2,y\nbroken\n`)
  const {rows, rejected, data} = await read({file: 'big.csv', types: {a: 'text'}})
  expect(String(data[0]!.b)).toHaveLength(50_000_000)
  expect([rows, rejected]).toEqual([2, [expect.objectContaining({line: 54})]])
})

test('NUL bytes do not end a field', async () => {
  const {text} = await project()
  expect((await text('a,b\n1,x\0y\n2,z\n')).data).toEqual([
    {a: 1, b: 'x\0y'},
    {a: 2, b: 'z'},
  ])
})

test('names that are alike, missing or odd are made usable, the same way each time', async () => {
  const {text} = await project()
  const {columns, notes, data} = await text('id,,Id,🐧,id,id_2\n1,2,3,4,5,6\n')
  expect(columns.map(c => c.name)).toEqual(['id', 'column_2', 'Id_3', '🐧', 'id_4', 'id_2'])
  expect(notes.map(english)).toEqual([
    'column 2 has no name and is called "column_2"',
    'a second column "Id" (column 3) is called "Id_3"',
    'a second column "id" (column 5) is called "id_4"',
  ])
  expect(data).toEqual([{id: 1, column_2: 2, Id_3: 3, '🐧': 4, id_4: 5, id_2: 6}])
})

test('a column without values is text, and says so', async () => {
  const {text} = await project()
  const {types, notes} = await text('a,b\n1,\n2,\n')
  expect(types).toEqual({a: 'BIGINT', b: 'VARCHAR'})
  expect(notes.map(english)).toEqual(['"b" has no values; it is text until you give it a type'])
})

test('broken UTF-8 puts a row aside, and a file in Windows-1252 is read as that', async () => {
  const {text} = await project()
  const bytes = (...parts: (string | number)[]) =>
    Buffer.concat(parts.map(p => (typeof p === 'string' ? Buffer.from(p) : Buffer.from([p]))))
  const broken = await text(bytes('a,b\n1,ação\n2,x', 0xe9, '\n3,não\n'))
  expect(broken.data.map(r => r.a)).toEqual([1, 3])
  expect(broken.rejected).toMatchObject([{line: 3, reason: 'broken UTF-8'}])
  const windows = await text(Buffer.from('nome;preço\nJosé;1,50\n', 'latin1'))
  expect(windows.data).toEqual([{nome: 'José', preço: 1.5}])
  expect(windows.notes.map(english)).toEqual(['t.csv is read as windows-1252'])
  // The accent stands beyond the part that is looked at first.
  const late = await text(
    Buffer.concat([Buffer.from(`a\n${'x\n'.repeat(300_000)}`), Buffer.from('é\n', 'latin1')]),
  )
  expect([late.rows, late.data.at(-1)]).toEqual([300_001, {a: 'é'}])
})

test('UTF-16, Latin-1 and others are read, told or not', async () => {
  const {text} = await project()
  const content = 'nome,n\nJosé 🐧,1\n'
  const little = Buffer.from(content, 'utf16le')
  const big = Buffer.from(little).swap16()
  const rows = [{nome: 'José 🐧', n: 1}]
  expect((await text(Buffer.from(`\ufeff${content}`))).data).toEqual(rows)
  expect((await text(Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).data).toEqual(rows)
  expect((await text(Buffer.concat([Buffer.from([0xfe, 0xff]), big]))).data).toEqual(rows)
  expect((await text(little)).data).toEqual(rows)
  expect((await text(little, {encoding: 'utf-16'})).data).toEqual(rows)
  const latin = Buffer.from('nome\nJosé\n', 'latin1')
  expect((await text(latin, {encoding: 'latin-1'})).data).toEqual([{nome: 'José'}])
  const japanese = Buffer.from([0x61, 0x0a, 0x83, 0x65, 0x0a])
  expect((await text(japanese, {encoding: 'shift_jis'})).data).toEqual([{a: 'テ'}])
})

test('every row broken is an error, not an empty table', async () => {
  const {text} = await project()
  await expect(text('a,b\n1,2,3\n4,5,6\n')).rejects.toMatchObject({
    code: 'bad-data',
    where: 't.csv:2',
    message: expect.stringContaining('3 fields where there are 2 columns'),
  })
})

test('a missing file names the nearest', async () => {
  const {put, read} = await project()
  await put('data/penguins.csv', 'a\n1\n')
  await expect(read({file: 'data/penguin.csv'})).rejects.toMatchObject({
    code: 'missing-file',
    hint: 'did you mean "data/penguins.csv"?',
  })
  await expect(read({file: 'penguins.csv'})).rejects.toMatchObject({
    code: 'missing-file',
    hint: 'did you mean "data/penguins.csv"?',
  })
  await expect(read({file: 'dat/penguins.csv'})).rejects.toMatchObject({
    code: 'missing-file',
    message: 'there is no folder "dat" in the project',
    hint: 'did you mean "data"?',
  })
  await expect(read({file: 'data/*.tsv'})).rejects.toMatchObject({code: 'missing-file'})
})

test('a folder is not a file', async () => {
  const {put, read} = await project()
  await put('data/a.csv', 'a\n1\n')
  await expect(read({file: 'data'})).rejects.toMatchObject({
    code: 'bad-data',
    hint: 'to read all files in it, write data/*.csv',
  })
  await put('data/pets/cat/1.png', 'no matter what is in it')
  await expect(read({file: 'data/pets'})).rejects.toMatchObject({
    code: 'bad-data',
    hint: 'an images cell reads a folder of images',
  })
})

test('nothing outside the project is read, by path, by pattern, by link or by address', async () => {
  const {folder, read, put} = await project()
  const outside = await temporaryFolder()
  await writeFile(join(outside, 'secret.csv'), 'a\n1\n')
  await mkdir(join(folder, 'data'))
  await symlink(join(outside, 'secret.csv'), join(folder, 'data/link.csv'))
  await symlink(outside, join(folder, 'data/folder'))
  await put('data/fine.csv', 'a\n1\n')
  for (const file of [
    '/etc/passwd',
    '../secret.csv',
    'data/../../secret.csv',
    join(outside, 'secret.csv'),
    join(outside, '*.csv'),
    'data/link.csv',
    'data/*.csv',
    'data/folder/secret.csv',
    'data/folder/*.csv',
    'https://example.com/a.csv',
    's3://bucket/a.csv',
  ])
    await expect(read({file}), file).rejects.toMatchObject({code: 'refused'})
})

test('a file whose name looks like a pattern is that file', async () => {
  const {text, put} = await project()
  await put('a1.csv', 'x\n2\n')
  expect((await text('x\n1\n', {}, 'a[1].csv')).data).toEqual([{x: 1}])
  expect((await text('x,y\n1,2\n3\n', {}, 'a[1]*.csv')).rejected).toHaveLength(1)
})

test('a damaged archive is an error', async () => {
  const {text} = await project()
  await expect(
    text(Buffer.from('1f8b0800000000000003ffff0000', 'hex'), {}, 't.csv.gz'),
  ).rejects.toMatchObject({code: 'bad-data', where: 't.csv.gz'})
})

test('reading stops when it is cancelled', async () => {
  const {put, read} = await project()
  await put('t.csv', `a,b\n${'1,2\n'.repeat(500_000)}`)
  const stop = new AbortController()
  const reading = read({file: 't.csv'}, {signal: stop.signal, tell: () => stop.abort()})
  expect(toFault(await reading.catch(error => error))).toMatchObject({code: 'cancelled'})
})
