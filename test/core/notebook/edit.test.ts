import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  deleteCell,
  duplicateCell,
  insertCell,
  insertText,
  moveCell,
  setText,
} from '../../../core/notebook/blocks.ts'
import {parseNotebook} from '../../../core/notebook/document.ts'
import {setAttribute, setBody, setParam} from '../../../core/notebook/edit.ts'
import {setLayout} from '../../../core/notebook/layout.ts'
import type {Cell, Notebook} from '../../../core/schema/notebook.ts'
import {document} from './generate.ts'

const parse = (source: string) => parseNotebook(source, 'n.md').notebook
const names = (source: string) => parse(source).cells.map(cell => cell.name)
const code = (code: string) => expect.objectContaining({code})

const source = `# Title

\`\`\`sql cell=a
select 1
\`\`\`

Between.

\`\`\`yaml cell=b kind=impute from=a note="x y"
columns: [Sex] # which
with: mode
\`\`\`

\`\`\`sql cell=c
from b
\`\`\`

The end.
`

test('an edit inside a cell changes that cell’s lines and no others', () => {
  const doc = parse(source)
  expect(setBody(doc, 'a', 'select 2')).toBe(source.replace('select 1', 'select 2'))
  expect(setBody(doc, 'a', 'select 1\n')).toBe(source)
  expect(setBody(doc, 'a', '')).toBe(source.replace('select 1\n', ''))
  expect(setParam(doc, 'b', ['with'], 'median')).toBe(source.replace('mode', 'median'))
  expect(setParam(doc, 'b', ['flag'], true)).toBe(source.replace('mode\n', 'mode\nflag: true\n'))
  expect(setAttribute(doc, 'b', 'kind', 'scale')).toBe(source.replace('=impute', '=scale'))
  expect(setAttribute(doc, 'b', 'from', ['a', 'c'])).toBe(source.replace('=a note', '=a,c note'))
  expect(setAttribute(doc, 'b', 'from', [])).toBe(source.replace(' from=a', ''))
  expect(setAttribute(doc, 'b', 'note', 'z')).toBe(source.replace('"x y"', 'z'))
  expect(setAttribute(doc, 'a', 'note', 'x y')).toBe(source.replace('cell=a', 'cell=a note="x y"'))
  expect(setAttribute(doc, 'a', 'note', undefined)).toBe(source)
})

test('a body that holds a fence gets longer fences around it', () => {
  const made = setBody(parse(source), 'a', 'select 1 /*\n```\n````\n*/')
  expect(made).toBe(
    source.replace(
      '```sql cell=a\nselect 1\n```',
      '`````sql cell=a\nselect 1 /*\n```\n````\n*/\n`````',
    ),
  )
  expect(names(made)).toEqual(['a', 'b', 'c'])
  expect(setBody(parse(source), 'a', '~~~\n```sql')).toContain('```sql cell=a\n~~~\n```sql\n```\n')
})

test('line ends stay as the document has them', () => {
  const crlf = source.replaceAll('\n', '\r\n')
  const doc = parse(crlf)
  for (const made of [
    setBody(doc, 'a', 'select 1,\n  2'),
    setParam(doc, 'b', ['new'], {deep: [1]}),
    insertCell(doc, {after: 'a'}, {name: 'd', language: 'sql', body: 'from a\nlimit 1'}),
    setText(doc, 1, 'two\nlines'),
    setLayout(doc, {a: [1, 2]}),
    moveCell(doc, 'c', {before: 'a'}),
    deleteCell(doc, 'b'),
  ])
    expect(made.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('cells are added, moved, copied and taken out with one blank line between', () => {
  const doc = parse(source)
  const block = '```sql cell=d\nfrom a\n```'
  const cell = {name: 'd', language: 'sql', body: 'from a'} as const
  expect(insertCell(doc, {after: 'a'}, cell)).toBe(
    source.replace('\n\nBetween', `\n\n${block}\n\nBetween`),
  )
  expect(insertCell(doc, {before: 'a'}, cell)).toBe(
    source.replace('```sql cell=a', `${block}\n\n\`\`\`sql cell=a`),
  )
  expect(insertCell(doc, 'end', cell)).toBe(`${source}\n${block}\n`)
  expect(insertCell(parse(''), 'end', cell)).toBe(`${block}\n`)
  expect(insertCell(parse('text'), 'end', cell)).toBe(`text\n\n${block}\n`)
  expect(
    insertCell(doc, 'end', {name: 'e', language: 'yaml', kind: 'join', from: ['a', 'b']}),
  ).toContain('```yaml cell=e kind=join from=a,b\n```\n')
  expect(deleteCell(doc, 'a')).toBe(source.replace('```sql cell=a\nselect 1\n```\n\n', ''))
  expect(moveCell(doc, 'c', {before: 'a'})).toBe(
    source
      .replace('```sql cell=c\nfrom b\n```\n\n', '')
      .replace('```sql cell=a', '```sql cell=c\nfrom b\n```\n\n```sql cell=a'),
  )
  expect(moveCell(doc, 'a', {after: 'a'})).toBe(source)
  expect(moveCell(doc, 'a', {before: 'b'})).toContain(
    'Between.\n\n```sql cell=a\nselect 1\n```\n\n```yaml cell=b',
  )
  expect(names(moveCell(doc, 'a', 'end'))).toEqual(['b', 'c', 'a'])
  const twice = duplicateCell(doc, 'b')
  expect(twice).toContain(
    '```\n\n```yaml cell=b_2 kind=impute from=a note="x y"\ncolumns: [Sex] # which\nwith: mode\n```\n\n```sql cell=c',
  )
  expect(names(duplicateCell(parse(twice), 'b_2'))).toEqual(['a', 'b', 'b_2', 'b_3', 'c'])
})

test('texts are changed, added and taken out', () => {
  const doc = parse(source)
  expect(setText(doc, 1, 'After.\n\nMore.\n')).toBe(source.replace('Between.', 'After.\n\nMore.'))
  expect(setText(doc, 1, '')).toBe(source.replace('Between.\n\n', ''))
  expect(setText(doc, 2, ' ')).toBe(source.replace('\n\nThe end.', ''))
  expect(insertText(doc, {after: 'b'}, '## New\n')).toBe(
    source.replace('\n\n```sql cell=c', '\n\n## New\n\n```sql cell=c'),
  )
  expect(insertText(doc, 'end', 'x')).toBe(`${source}\nx\n`)
  expect(names(setText(doc, 1, '```sql cell=new\n```'))).toEqual(['a', 'new', 'b', 'c'])
})

test('a text that would swallow a cell is refused', () => {
  const doc = parse(source)
  for (const text of ['<!-- open', '```', '~~~~', '<pre>', '<script>'])
    expect(() => setText(doc, 0, text), text).toThrowError(code('refused'))
  expect(() => insertText(doc, {before: 'b'}, '<!--')).toThrowError(code('refused'))
  expect(setText(doc, 0, '<!-- closed -->')).toContain('<!-- closed -->')
  expect(() => insertCell(parse('<!-- open'), 'end', {name: 'a', language: 'sql'})).toThrowError(
    code('refused'),
  )
  expect(() =>
    insertCell(parse('```sql cell=a\n'), {after: 'a'}, {name: 'b', language: 'sql'}),
  ).toThrowError(code('refused'))
})

test('a wrong name, a taken one and a newer document are refused', () => {
  const doc = parse(source)
  const sql = {language: 'sql'} as const
  expect(() => setBody(doc, 'bb', '')).toThrowError(
    expect.objectContaining({code: 'unknown-name', hint: 'did you mean "b"?'}),
  )
  expect(() => insertCell(doc, 'end', {name: 'a.b', ...sql})).toThrowError(code('bad-document'))
  expect(() => insertCell(doc, 'end', {name: 'A', ...sql})).toThrowError(
    expect.objectContaining({code: 'duplicate-name', hint: '"A_2" is free'}),
  )
  expect(() => setParam(doc, 'a', ['x'], 1)).toThrowError(code('bad-request'))
  expect(() => setAttribute(doc, 'a', 'cell', 'x')).toThrowError(code('bad-request'))
  expect(() => setAttribute(doc, 'b', 'note', 'a`b')).toThrowError(code('bad-request'))
  const newer = parse(`---\nbancada: 99\n---\n${source}`)
  expect(() => setBody(newer, 'a', '')).toThrowError(code('read-only'))
  const twice = parse('```sql cell=a\n```\n\n```sql cell=a\n```\n')
  expect(() => setBody(twice, 'a', 'x')).toThrowError(code('duplicate-name'))
  expect(setBody(twice, 1, 'x')).toBe('```sql cell=a\n```\n\n```sql cell=a\nx\n```\n')
})

test('a cell that was never closed can be edited', () => {
  expect(setBody(parse('```sql cell=a'), 'a', 'select 1')).toBe('```sql cell=a\nselect 1')
  expect(setParam(parse('```yaml cell=a kind=x'), 'a', ['b'], 1)).toBe(
    '```yaml cell=a kind=x\nb: 1\n',
  )
  expect(
    names(moveCell(parse('```sql cell=b\n```\n```sql cell=a\nselect'), 'a', {before: 'b'})),
  ).toEqual(['a', 'b'])
})

test('places on the canvas are kept in the front matter, and the rest of it stays', () => {
  expect(setLayout(parse(source), {a: [1.4, -2]})).toBe(
    `---\nlayout:\n  a: [1, -2]\n---\n\n${source}`,
  )
  const placed = `---\ntitle: x # mine\nlayout:\n  a: [1, 2] # here\n---\n${source}`
  expect(setLayout(parse(placed), {a: [3, 4], b: [5, 6]})).toBe(
    placed.replace('[1, 2] # here', '[3, 4] # here\n  b: [5, 6]'),
  )
  expect(setLayout(parse(placed), {c: undefined})).toBe(placed)
  expect(parse(setLayout(parse(placed), {a: undefined})).frontMatter).toEqual({
    title: 'x',
    layout: {},
  })
  expect(parse(deleteCell(parse(placed), 'a')).frontMatter).toEqual({title: 'x', layout: {}})
  expect(setLayout(parse(`\ufeff${source}`), {a: [0, 0]})).toMatch(/^\ufeff---\nlayout:\n/)
})

const linesOf = (text: string) => text.split(/\r\n|\r|\n/)

/** What stands before and after a cell, byte for byte. */
const around = ({source}: Notebook, {span}: Cell) => [
  source.slice(0, span.start),
  source.slice(span.end),
]

test('on any document, an edit of one cell leaves every byte outside it', () => {
  const body = fc.constantFrom(
    'x',
    '',
    'a\nb\n',
    '```\n',
    '~~~~\n~~~',
    '  ````',
    'é🐧',
    '\n\n',
    '<!--',
    '---',
  )
  fc.assert(
    fc.property(document, fc.nat(), body, ({source, cells}, n, text) => {
      fc.pre(cells.length > 0)
      const doc = parse(source)
      const at = n % cells.length
      const cell = doc.cells[at]!
      const edits = [
        setBody(doc, at, text),
        setAttribute(doc, at, 'note', 'say "hi"'),
        setAttribute(doc, at, 'note', undefined),
        ...(cell.language === 'yaml'
          ? [setParam(doc, at, ['with'], text), setParam(doc, at, ['nested', 'deep'], undefined)]
          : []),
      ]
      for (const made of edits) {
        const after = parse(made)
        expect(after.cells.length).toBe(doc.cells.length)
        expect(around(after, after.cells[at]!)).toEqual(around(doc, cell))
      }
      expect(linesOf(parse(edits[0]!).cells[at]!.body.replace(/[\r\n]+$/, ''))).toEqual(
        linesOf(text.replace(/\n+$/, '')),
      )
    }),
    {numRuns: 200},
  )
})

test('on any document, cells are added, copied, moved and taken out without a change to the others', () => {
  const whole = (doc: Notebook) =>
    new Map(doc.cells.map(({name, info, body}) => [name, info + body]))
  const texts = (doc: Notebook) =>
    doc.text
      .map(({text}) => text.trim())
      .join('\n')
      .split(/\s+/)
  fc.assert(
    fc.property(document, fc.nat(), fc.nat(), fc.boolean(), ({source, cells}, n, m, before) => {
      fc.pre(cells.length > 0)
      const doc = parse(source)
      const [a, b] = [n % cells.length, m % cells.length]
      const where = before ? {before: b} : {after: b}
      const name = doc.cells[a]!.name
      const order = doc.cells.map(cell => cell.name)

      const moved = parse(moveCell(doc, a, where))
      expect(whole(moved)).toEqual(new Map([...whole(doc)]))
      const rest = order.filter(other => other !== name)
      if (a !== b) rest.splice(rest.indexOf(order[b]!) + (before ? 0 : 1), 0, name)
      expect(moved.cells.map(cell => cell.name)).toEqual(a === b ? order : rest)

      const added = parse(insertCell(doc, where, {name: 'added', language: 'sql', body: 'x'}))
      const {added: _, ...others} = Object.fromEntries(whole(added))
      expect(others).toEqual(Object.fromEntries(whole(doc)))

      const gone = parse(deleteCell(doc, a))
      expect(gone.cells.map(cell => cell.name)).toEqual(order.filter((_, i) => i !== a))

      for (const made of [moved, added, gone]) expect(texts(made)).toEqual(texts(doc))
      const written = (text: string) => linesOf(text).filter(line => line.trim() !== '')
      expect(written(deleteCell(added, 'added'))).toEqual(written(source))
    }),
    {numRuns: 300},
  )
})
