import {gzipSync} from 'node:zlib'
import {expect, test} from 'vitest'
import {english} from '../../../../core/words/says.ts'
import {project} from './support.ts'

test('types come from every row, and a late misfit loses nothing', async () => {
  const {text} = await project()
  const lines = Array.from({length: 30_000}, (_, i) => `${i},${i / 4},2020-01-${(i % 28) + 1}`)
  const {types, data, rows, notes} = await text(
    `id,price,day\n${lines.join('\n')}\n30000,abc,2020-02-01\n`,
  )
  expect(types).toEqual({id: 'BIGINT', price: 'VARCHAR', day: 'DATE'})
  expect(rows).toBe(30_001)
  expect(data.at(-1)).toEqual({id: 30_000, price: 'abc', day: '2020-02-01'})
  expect(notes.map(english)).toEqual([
    expect.stringContaining('"price" stays text: 1 of its values, such as "abc"'),
  ])
})

test('a type that the user gives puts misfits aside, with line, column, reason and text', async () => {
  const {text} = await project()
  const {types, data, rejected, rejects} = await text(
    'name,age\n"Ana\nMaria",31\nBob,old\n\nEve,4.5\nZoe,7.0\n',
    {types: {age: 'integer'}},
  )
  expect(types).toEqual({name: 'VARCHAR', age: 'BIGINT'})
  expect(data).toEqual([
    {name: 'Ana\nMaria', age: 31},
    {name: 'Zoe', age: 7},
  ])
  expect(rejects.count).toBe(2)
  expect(rejected).toEqual([
    {file: 't.csv', line: 4, column: 'age', reason: '"old" is not a BIGINT', text: 'Bob,old'},
    {file: 't.csv', line: 6, column: 'age', reason: '"4.5" is not a BIGINT', text: 'Eve,4.5'},
  ])
})

test('rows read and rows rejected make up the file', async () => {
  const {text} = await project()
  const good = Array.from({length: 2000}, (_, i) => `${i},row ${i},"x, ${i}"`)
  good.splice(10, 0, '1,2')
  good.splice(500, 0, '1,2,3,4')
  good.splice(900, 0, '7,"open,3')
  good.splice(1500, 0, '8,"a"b,3')
  const {rows, rejects, rejected, types} = await text(`a,b,c\r\n${good.join('\r\n')}\r\n`)
  expect(rows + rejects.count).toBe(2004)
  expect(rejected.map(({line, reason, text}) => ({line, reason, text}))).toEqual([
    {line: 12, reason: '2 fields where there are 3 columns', text: '1,2'},
    {line: 502, reason: '4 fields where there are 3 columns', text: '1,2,3,4'},
    {line: 902, reason: 'text follows a closing quote', text: '7,"open,3'},
    {line: 1502, reason: 'text follows a closing quote', text: '8,"a"b,3'},
  ])
  expect(types.a).toBe('BIGINT')
})

test('a quote that is never closed costs one line', async () => {
  const {text} = await project()
  const {data, rejected} = await text('a,b\n1,x\n2,"y\n3,z\n4,w\n')
  expect(data.map(r => r.a)).toEqual([1, 3, 4])
  expect(rejected).toMatchObject([{line: 3, reason: 'a quote is opened and never closed'}])
})

test('amounts of money and percentages are numbers, and what they left out is told', async () => {
  const {text} = await project()
  const {types, data, notes} = await text(
    'rent;rise;fee\nR$ 1.234,56;4,5%;$5\n-R$\u00a00,50;12 %;R$ 5\n980,00;n/a;€5\nN/A;0%;5\n',
  )
  expect(types).toEqual({rent: 'DOUBLE', rise: 'DOUBLE', fee: 'VARCHAR'})
  expect(data).toEqual([
    {rent: 1234.56, rise: 4.5, fee: '$5'},
    {rent: -0.5, rise: 12, fee: 'R$ 5'},
    {rent: 980, rise: null, fee: '€5'},
    {rent: null, rise: 0, fee: '5'},
  ])
  expect(notes.map(english)).toContain('"rent" is read as numbers without their "R$"')
  expect(notes.map(english)).toContain('"rise" is read as numbers without their "%"')
})

test('a few words among amounts are told of, and kept aside when the user says number', async () => {
  const {text} = await project()
  const lines = Array.from({length: 40}, (_, i) => `US$ ${i + 1},000.50`)
  const file = `price;n\nto be agreed;1\n${lines.map((line, i) => `${line};${i}`).join('\n')}\n`
  const read = await text(file)
  expect(read.types).toEqual({price: 'VARCHAR', n: 'BIGINT'})
  expect(read.notes.map(english)).toEqual([
    expect.stringContaining('1 of its values, such as "to be agreed", are no number'),
  ])
  const {types, data, rejected} = await text(file, {types: {price: 'number'}})
  expect(types.price).toBe('DOUBLE')
  expect(data[1]).toEqual({price: 2000.5, n: 1})
  expect(rejected).toMatchObject([
    {line: 2, column: 'price', reason: '"to be agreed" is not a DOUBLE'},
  ])
})

test('Brazilian numbers and dates are read as they are meant', async () => {
  const {text} = await project()
  const {data, types} = await text(
    'produto;preço;quantidade;data\ncafé;1.234,56;1.000;31/12/2023\npão;0,50;12;01/02/2024\n',
  )
  expect(types).toEqual({produto: 'VARCHAR', preço: 'DOUBLE', quantidade: 'BIGINT', data: 'DATE'})
  expect(data).toEqual([
    {produto: 'café', preço: 1234.56, quantidade: 1000, data: '2023-12-31'},
    {produto: 'pão', preço: 0.5, quantidade: 12, data: '2024-02-01'},
  ])
})

test('a column may have dates in several formats when they are named', async () => {
  const {text} = await project()
  const {data, types} = await text('d\n31/12/2023\n2024-01-05\n7.3.2024\n', {
    dates: ['dd/mm/yyyy', '%Y-%m-%d', 'd.m.yyyy'],
  })
  expect(types).toEqual({d: 'DATE'})
  expect(data.map(r => r.d)).toEqual(['2023-12-31', '2024-01-05', '2024-03-07'])
})

test('the order of day and month is told by a sister column, else by a note', async () => {
  const {text} = await project()
  const told = await text('a,b\n01/02/2020,12/31/2020\n03/04/2020,01/01/2020\n')
  expect(told.data[0]).toEqual({a: '2020-01-02', b: '2020-12-31'})
  const open = await text('a\n01/02/2020\n03/04/2020\n')
  expect(open.data[0]).toEqual({a: '2020-02-01'})
  expect(open.notes.map(english)).toEqual([
    '"a" is read as dd/mm/yyyy, but could as well be mm/dd/yyyy; say which with `dates`',
  ])
})

test('a day that no month has keeps the column text', async () => {
  const {text} = await project()
  const {types, data} = await text('d\n2020-01-31\n2020-02-31\n')
  expect(types).toEqual({d: 'VARCHAR'})
  expect(data[1]).toEqual({d: '2020-02-31'})
})

test('times with a zone become UTC', async () => {
  const {text} = await project()
  const {data} = await text('t\n2020-01-01T10:00:00+02:00\n2020-01-01T10:00:00Z\n')
  expect(data.map(r => r.t)).toEqual(['2020-01-01 08:00:00', '2020-01-01 10:00:00'])
})

test('words for missing are missing among numbers and text among words', async () => {
  const {text} = await project()
  const {data, types, notes} = await text('x,country\n1,NA\nNA,BR\nNaN,\ninf,US\n')
  expect(types).toEqual({x: 'DOUBLE', country: 'VARCHAR'})
  expect(data).toEqual([
    {x: 1, country: 'NA'},
    {x: null, country: 'BR'},
    {x: null, country: null},
    {x: Number.POSITIVE_INFINITY, country: 'US'},
  ])
  expect(notes.map(english)).toEqual(['"x": 2 values such as "NA" are read as missing'])
  const named = await text('x,country\n1,NA\n-99,BR\n', {nulls: ['-99', 'NA']})
  expect(named.data).toEqual([
    {x: 1, country: null},
    {x: null, country: 'BR'},
  ])
})

test('codes keep their leading zeros and long digits', async () => {
  const {text} = await project()
  const {types, data, notes} = await text('zip,id\n01310,12345678901234567890\n20040,1\n')
  expect(types).toEqual({zip: 'VARCHAR', id: 'VARCHAR'})
  expect(data[0]).toEqual({zip: '01310', id: '12345678901234567890'})
  expect(notes).toHaveLength(2)
})

test('delimiter, quote and header are found, and can be given', async () => {
  const {text} = await project()
  expect((await text('a\tb\n1\t2\n')).data).toEqual([{a: 1, b: 2}])
  expect((await text('a|b\n1|2,5\n')).data).toEqual([{a: 1, b: 2.5}])
  expect((await text('1,5;2,5\n3,5;4,5\n')).data).toEqual([
    {column_1: 1.5, column_2: 2.5},
    {column_1: 3.5, column_2: 4.5},
  ])
  expect((await text("a,b\n'x, y',2\n")).data).toEqual([{a: 'x, y', b: 2}])
  expect((await text('x,y\nu,v\n', {header: false})).rows).toBe(2)
  expect((await text('a::b\n1::2\n', {delimiter: '::'})).data).toEqual([{a: 1, b: 2}])
  expect((await text('a,b\n"x\\"y",1\n', {escape: '\\'})).data).toEqual([{a: 'x"y', b: 1}])
  expect((await text('Report of May\n\na,b\n1,2\n', {skip: 1})).data).toEqual([{a: 1, b: 2}])
  expect((await text('country,2019,2020\nBR,1,2\n')).types).toEqual({
    country: 'VARCHAR',
    2019: 'BIGINT',
    2020: 'BIGINT',
  })
})

test('gzip and zstd are unpacked', async () => {
  const {text, session, folder, read} = await project()
  const {sql} = await import('../../../../core/data/sql.ts')
  expect((await text(gzipSync('a,b\n1,x\n'), {}, 't.csv.gz')).data).toEqual([{a: 1, b: 'x'}])
  await session.run(
    sql`copy (select range as a, 'x' || range as b from range(50000)) to ${`${folder}/t.csv.zst`} (header, compression zstd)`,
  )
  const zst = await read({file: 't.csv.zst'})
  expect([zst.rows, zst.types]).toEqual([50_000, {a: 'BIGINT', b: 'VARCHAR'}])
  const located = await read({file: 't.csv.zst', types: {b: 'number'}}).catch(e => e)
  expect(located).toMatchObject({code: 'bad-data', where: 't.csv.zst:2'})
})

test('several files make one table, by column name', async () => {
  const {put, read} = await project()
  await put('data/a.csv', 'x,y\n1,a\n')
  await put('data/b.csv', 'y,x,z\nb,2,9\nbroken\n')
  const {data, rejected, files} = await read({file: 'data/*.csv'})
  expect(files).toEqual(['data/a.csv', 'data/b.csv'])
  expect(data).toEqual([
    {x: 1, y: 'a', z: null},
    {x: 2, y: 'b', z: 9},
  ])
  expect(rejected).toMatchObject([{file: 'data/b.csv', line: 3}])
})

test('a type for a column that is not there names the nearest', async () => {
  const {text} = await project()
  await expect(text('age\n1\n', {types: {agee: 'text'}})).rejects.toMatchObject({
    code: 'no-column',
    hint: 'did you mean "age"?',
  })
})

test('a column whose first thousands of rows are empty, or words for missing, has the type of the rest', async () => {
  const {text} = await project()
  const early = ',NA,,,NA,\n'.repeat(6000)
  const late = ['1,2.5,31/12/2020,x,NA,', '2,NaN,01/01/2021,2,NA,', '3,,,,,'].join('\n')
  const {types, notes, data} = await text(`a,b,c,d,e,f\n${early}${late}\n`)
  expect(types).toEqual({
    a: 'BIGINT',
    b: 'DOUBLE',
    c: 'DATE',
    d: 'VARCHAR',
    e: 'VARCHAR',
    f: 'VARCHAR',
  })
  expect(data.at(-3)).toMatchObject({a: 1, b: 2.5, c: '2020-12-31', d: 'x', e: 'NA', f: null})
  expect(notes.map(english)).toContain('"f" has no values; it is text until you give it a type')
})

test('a header of several names over rows of one field is one column, with a note', async () => {
  const {text} = await project()
  const one = await text('a,b\n1\n2\n3\n')
  expect(one.data).toEqual([{'a,b': 1}, {'a,b': 2}, {'a,b': 3}])
  expect(one.notes.map(english)).toEqual([
    't.csv is read as one column, "a,b": its first line has "," between names, but most rows do not; if there are several columns, set `delimiter`',
  ])
  const quoted = await text('"a,b"\n1\n2\n')
  expect([quoted.data, quoted.notes]).toEqual([[{'a,b': 1}, {'a,b': 2}], []])
  expect((await text('a;b\n1;2\n3;4\n')).notes).toEqual([])
})
