import {copyFile, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {unpackLz4} from '../../../../core/data/read/lz4.ts'
import {english} from '../../../../core/words/says.ts'
import {project} from './support.ts'

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)

async function fixtures(...names: string[]) {
  const made = await project()
  for (const name of names) await copyFile(fixture(name), join(made.folder, name))
  return made
}

test('Feather, packed with LZ4 or Zstandard, and Arrow streams give the same rows', async () => {
  const {read} = await fixtures('lz4.feather', 'zstd.feather', 'plain.arrows')
  const lz4 = await read({file: 'lz4.feather'})
  expect(lz4.rows).toBe(3000)
  expect(lz4.types).toEqual({
    i: 'INTEGER',
    big: 'BIGINT',
    f: 'DOUBLE',
    s: 'VARCHAR',
    kind: 'VARCHAR',
    ok: 'BOOLEAN',
    day: 'DATE',
    us: 'TIMESTAMP',
    ns: 'TIMESTAMP',
    time: 'TIME',
    money: 'DECIMAL(10,2)',
    list: 'VARCHAR',
  })
  const same = {
    day: '2024-02-29',
    us: '2024-02-29 12:30:15.123456',
    ns: '2024-02-29 12:30:15.123456',
    time: '12:30:15.123456',
    money: -12.34,
    list: '[1,2]',
  }
  expect(lz4.data.slice(0, 4)).toEqual([
    {i: 0, big: '9007199254740993', f: 0, s: 'row 0 ção', kind: 'low', ok: true, ...same},
    {i: 1, big: '9007199254740994', f: null, s: 'row 1 ção', kind: 'high', ok: false, ...same},
    {i: 2, big: '9007199254740995', f: 0.5, s: null, kind: null, ok: true, ...same},
    {i: null, big: '9007199254740996', f: 0.75, s: 'row 3 ção', kind: 'low', ok: false, ...same},
  ])
  expect(lz4.notes.map(english)).toEqual([
    expect.stringContaining('"list" is List<Int64> in lz4.feather'),
  ])
  expect((await read({file: 'zstd.feather'})).data).toEqual(lz4.data)
  expect((await read({file: 'plain.arrows'})).data).toEqual(lz4.data.slice(0, 10))
})

test('a type that is given to an Arrow column puts misfits aside', async () => {
  const {read} = await fixtures('plain.arrows')
  const {rows, rejected} = await read({file: 'plain.arrows', types: {f: 'integer'}})
  expect([rows, rejected.length]).toEqual([4, 6])
  expect(rejected[0]).toMatchObject({line: 3, column: 'f', reason: '"0.5" is not a BIGINT'})
})

test('an Arrow file that is cut short is an error', async () => {
  const {text} = await project()
  const whole = await readFile(fixture('lz4.feather'))
  await expect(text(whole.subarray(0, 5000), {}, 't.feather')).rejects.toMatchObject({
    code: 'bad-data',
    where: 't.feather',
  })
})

test('LZ4 copies may overlap what they make, and damage is an error', () => {
  // One literal `a`, then a copy of 14 from one byte back, then the literals that a block must end with.
  const block = [0x1a, 0x61, 1, 0, 0x50, ...Buffer.from('bcdef')]
  const frame = (bytes: number[]) =>
    Uint8Array.from([
      4,
      0x22,
      0x4d,
      0x18,
      0x60,
      0x40,
      0x82,
      bytes.length,
      0,
      0,
      0,
      ...bytes,
      0,
      0,
      0,
      0,
    ])
  expect(Buffer.from(unpackLz4(frame(block))).toString()).toBe(`${'a'.repeat(15)}bcdef`)
  expect(() => unpackLz4(frame([0x1a, 0x61, 9, 0, 0x10, 0x62]))).toThrow('refers to nothing')
  expect(() => unpackLz4(frame([0xf0, 255]))).toThrow('cut short')
  expect(() => unpackLz4(Uint8Array.from([1, 2, 3, 4]))).toThrow('not an LZ4 frame')
})

test('Excel sheets are read by name or number, with the types of their cells', async () => {
  const {read} = await fixtures('book.xlsx')
  const first = await read({file: 'book.xlsx'})
  expect(first.types).toEqual({
    produto: 'VARCHAR',
    preço: 'DOUBLE',
    quantidade: 'BIGINT',
    dia: 'DATE',
    quando: 'TIMESTAMP',
    ativo: 'BOOLEAN',
    código: 'VARCHAR',
  })
  expect(first.data).toEqual([
    {
      produto: 'café',
      preço: 12.5,
      quantidade: 3,
      dia: '2024-02-29',
      quando: '2024-02-29 12:30:15',
      ativo: true,
      código: '007',
    },
    {
      produto: 'pão',
      preço: 0.5,
      quantidade: null,
      dia: '2024-03-01',
      quando: '2024-02-29 12:30:15',
      ativo: false,
      código: '8',
    },
  ])
  expect(first.notes.map(english)).toEqual([
    '"código" holds cells of several types and is read as text',
  ])
  for (const sheet of ['Outra', 2]) {
    const {rejected, data} = await read({file: 'book.xlsx', sheet, types: {a: 'number'}})
    expect(data).toEqual([{a: 1.5}])
    expect(rejected).toMatchObject([{line: 3, column: 'a', reason: '"x" is not a DOUBLE'}])
  }
  await expect(read({file: 'book.xlsx', sheet: 'Terceira'})).rejects.toMatchObject({
    code: 'bad-data',
    hint: expect.stringContaining('Vendas'),
  })
})

test('a zip archive that is no workbook is an error', async () => {
  const {text} = await project()
  await expect(
    text(Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(400)]), {}, 't.xlsx'),
  ).rejects.toMatchObject({code: 'bad-data', where: 't.xlsx'})
})
