import fc from 'fast-check'
import {fromMarkdown} from 'mdast-util-from-markdown'
import {expect, test} from 'vitest'
import {parseNotebook} from '../../../core/notebook/document.ts'
import type {Notebook} from '../../../core/schema/notebook.ts'
import {document, wildDocument} from './generate.ts'

const parse = (source: string) => parseNotebook(source, 'n.md')
const names = (source: string) => parse(source).notebook.cells.map(cell => cell.name)

const penguins = `# Which penguin is this?

\`\`\`yaml cell=penguins kind=source
file: data/penguins.json
\`\`\`

Only grown ones.

\`\`\`sql cell=adults
select * from penguins
\`\`\`

\`\`\`yaml cell=filled kind=impute from=parts,adults note="two words" wide
columns: [Sex]
\`\`\`
`

test('a document is its cells and the text between them', () => {
  const {notebook, problems} = parse(penguins)
  expect(problems).toEqual([])
  expect(notebook.cells).toMatchObject([
    {name: 'penguins', language: 'yaml', kind: 'source', from: []},
    {name: 'adults', language: 'sql', kind: 'sql', body: 'select * from penguins\n'},
    {
      name: 'filled',
      kind: 'impute',
      from: ['parts', 'adults'],
      extra: {note: 'two words', wide: ''},
      span: {line: 13, column: 1},
      bodySpan: {line: 14},
    },
  ])
  expect(notebook.text.map(({text, span}) => [text, span.line])).toEqual([
    ['# Which penguin is this?', 1],
    ['Only grown ones.', 7],
  ])
})

test('fences in lists, quotes, comments and other fences are text', () => {
  expect(names('- ```sql cell=a\n  select 1\n  ```')).toEqual([])
  expect(names('> ```sql cell=a\n> select 1\n> ```')).toEqual([])
  expect(names('<!--\n\n```sql cell=a\n```\n\n-->\n\n```sql cell=b\n```')).toEqual(['b'])
  expect(names('````\n```sql cell=a\n```\n````\n')).toEqual([])
  expect(names('    ```sql cell=a\n    ```\n')).toEqual([])
  expect(names('- item\n\n  ```sql cell=a\n  ```\n\n```sql cell=b\n```')).toEqual(['b'])
  expect(names('text\n```sql cell=a\n```')).toEqual(['a'])
  expect(names('```sql\nselect 1 -- cell=a\n```')).toEqual([])
})

test('tilde, longer, indented and unclosed fences are cells', () => {
  const cell = (source: string) => parse(source).notebook.cells[0]!
  expect(cell('~~~sql cell=a\n```\n~~~').body).toBe('```\n')
  expect(cell('````sql cell=a\n```\n`````  \n')).toMatchObject({body: '```\n', closed: true})
  expect(cell('  ```sql cell=a\n   select 1\n ```\n').body).toBe('   select 1\n')
  const {notebook, problems} = parse('```sql cell=a\nselect 1')
  expect(notebook.cells[0]).toMatchObject({body: 'select 1', closed: false})
  expect(problems).toMatchObject([{code: 'bad-document', where: 'n.md:1:8', cell: 'a'}])
})

test('line ends, a byte order mark and a missing last line end change nothing', () => {
  for (const source of [penguins, penguins.trimEnd()])
    for (const eol of ['\n', '\r\n', '\r'])
      for (const mark of ['', '\ufeff']) {
        const {notebook, problems} = parse(mark + source.replaceAll('\n', eol))
        expect(problems).toEqual([])
        expect(notebook.cells.map(({name, span}) => [name, span.line])).toEqual([
          ['penguins', 3],
          ['adults', 9],
          ['filled', 13],
        ])
        expect(notebook.cells[1]!.body).toBe(`select * from penguins${eol}`)
        expect(notebook.text[0]!.text).toBe('# Which penguin is this?')
      }
  expect(names('\ufeff```sql cell=a\n```')).toEqual(['a'])
})

test('front matter is read, and a line across the page is none', () => {
  const {notebook} = parse('---\ntitle: x\nlayout: {a: [1, 2]}\n---\n\n```sql cell=a\n```\n')
  expect(notebook.frontMatter).toEqual({title: 'x', layout: {a: [1, 2]}})
  expect(notebook.cells[0]).toMatchObject({name: 'a', span: {line: 6}})
  expect(notebook.text).toEqual([])
  expect(parse('---\ntext\n').notebook).toMatchObject({
    frontMatter: {},
    text: [{text: '---\ntext'}],
  })
  expect(parse('---\n\nSome words\n\n---\n').notebook.text[0]!.text).toContain('Some words')
  expect(parse('---\na: [\n---\n').problems).toMatchObject([
    {code: 'bad-document', where: expect.stringMatching(/^n\.md:[23]:\d+$/)},
  ])
})

test('a document of a newer Bancada can be looked at and not edited', () => {
  const {notebook, problems} = parse('---\nbancada: 2\n---\n```sql cell=a\n```\n')
  expect(notebook.readOnly).toBe('too-new')
  expect(notebook.cells).toHaveLength(1)
  expect(problems).toMatchObject([{code: 'too-new', where: 'n.md:2:1'}])
  expect(parse('---\nbancada: 1\n---\n').problems).toEqual([])
  expect(parse('---\nbancada: one\n---\n').problems).toMatchObject([{code: 'bad-document'}])
})

test('a problem names its cell, its line and its column', () => {
  const problem = (source: string) => parse(`\n${source}`).problems[0]
  expect(problem('```python cell=a\n```')).toMatchObject({
    code: 'bad-document',
    message: 'a cell is written in sql, ts, yaml, not "python"',
    where: 'n.md:2:4',
    cell: 'a',
  })
  expect(problem('```sql cell=a.b\n```')).toMatchObject({where: 'n.md:2:13', cell: 'a.b'})
  expect(problem('```sql cell=\n```')?.message).toBe('the cell has no name')
  expect(problem('```sql cell="a b"\n```')?.message).toBe(`"a b" cannot be a cell's name`)
  expect(problem('```sql cell=a note="x\n```')).toMatchObject({where: 'n.md:2:15'})
  expect(problem('```sql cell=a kind=x\n```')?.message).toBe('a sql cell has no kind')
  expect(problem('```ts cell=a from=x\n```')?.hint).toBe('leave out from=')
  expect(problem('```yaml cell=a\n```')?.hint).toBe('add its kind, such as kind=impute')
  expect(problem('```yaml cell=a kind=x from=b,,c\n```')).toMatchObject({where: 'n.md:2:23'})
  expect(problem('```yaml cell=a kind=x kind=y\n```')?.message).toBe('kind= is given twice')
})

test('two cells of one name are told on both, and SQL sees no capitals', () => {
  const {notebook, problems} = parse('```sql cell=a\n```\n\n```sql cell=A\n```\n')
  expect(notebook.cells).toHaveLength(2)
  expect(problems).toMatchObject([
    {code: 'duplicate-name', where: 'n.md:1:1', cell: 'a'},
    {code: 'duplicate-name', where: 'n.md:4:1', cell: 'A'},
  ])
})

/** A document put together again from its pieces. */
function rebuild({source, cells, text, frontMatterSpan}: Notebook): string {
  const pieces = [...cells.map(c => c.span), ...text.map(t => t.span)]
  if (frontMatterSpan) pieces.push(frontMatterSpan)
  let made = ''
  let from = 0
  for (const {start, end} of pieces.sort((a, b) => a.start - b.start)) {
    expect(start).toBeGreaterThanOrEqual(from)
    // Between the pieces there is nothing but blanks and the marks around front matter.
    expect(source.slice(from, start)).toMatch(/^(\ufeff|---|[\s])*$/)
    made += source.slice(from, start) + source.slice(start, end)
    from = end
  }
  return made + source.slice(from)
}

test('pieces and the blanks between them are the whole file, byte for byte', () => {
  fc.assert(
    fc.property(wildDocument, source => {
      const {notebook} = parse(source)
      expect(notebook.source).toBe(source)
      expect(rebuild(notebook)).toBe(source)
      for (const cell of notebook.cells) {
        expect(source.slice(cell.bodySpan.start, cell.bodySpan.end)).toBe(cell.body)
        expect(source.slice(cell.span.start, cell.span.end)).toContain(cell.body.trimEnd())
      }
    }),
    {numRuns: 400},
  )
})

test('every cell that was written is read', () => {
  fc.assert(
    fc.property(document, ({source, cells, eol}) => {
      const {notebook, problems} = parse(source)
      expect(problems).toEqual([])
      expect(notebook.cells.map(({name, language, body}) => ({name, language, body}))).toEqual(
        cells.map(({name, language, body}) => ({
          name,
          language,
          body: body === '' ? '' : `${body}\n`.replaceAll('\n', eol),
        })),
      )
    }),
    {numRuns: 300},
  )
})

test('which fences are cells agrees with micromark, another CommonMark parser', () => {
  fc.assert(
    fc.property(wildDocument, source => {
      // Where the two differ, markdown-it reads as cmark does, which GitHub runs: a lone `</pre>` begins a
      // block of HTML; a lone `<b>` never breaks into a paragraph; an empty item begins a list.
      fc.pre(!/^( {0,3}<(\/pre|b)>|- ?$)/m.test(source))
      const {notebook} = parse(source)
      const from = notebook.frontMatterSpan
        ? source.indexOf('---', notebook.frontMatterSpan.end) + 3
        : 0
      const tree = fromMarkdown(source.slice(from))
      const expected = tree.children.flatMap(node =>
        node.type === 'code' && /(^|\s)cell=\w/.test(`${node.lang} ${node.meta}`)
          ? [/cell=(\S+)/.exec(`${node.lang} ${node.meta}`)![1]]
          : [],
      )
      expect(notebook.cells.map(cell => cell.name)).toEqual(expected)
    }),
    {numRuns: 400},
  )
})
