import fc from 'fast-check'
import {expect, test} from 'vitest'
import {readNotebook} from '../../../core/notebook/document.ts'

const fence = (name: string) => `\`\`\`sql cell=${name}\nselect 1\n\`\`\`\n`

// Whatever opens, closes, hides or shifts a block.
const piece = fc.constantFrom(
  ...['\n', 'words\n', 'words', '    indented\n', '- a list\n', '  ', '> ', '<!--\n', '-->\n'],
  ...[
    '<div>\n',
    '```\n',
    '~~~\n',
    '````\n',
    '---\n',
    'layout:\n  a: [1, 2]\n',
    '\r\n',
    '\t',
    'é\n',
  ],
  ...['a', 'b', 'c'].map(fence),
  '```yaml cell=form kind=limit from=a\nrows: 3\n```\n',
  '```sql cell=open\nselect 2\n',
  '[link]: <\n',
)
const document = fc.array(piece, {maxLength: 16}).map(pieces => pieces.join(''))

test('what is read again after a change is what a first reading gives', () => {
  fc.assert(
    fc.property(
      document,
      fc.array(fc.tuple(fc.nat(), fc.nat(20), document), {minLength: 1, maxLength: 4}),
      (text, changes) => {
        let now = text
        let read = readNotebook(now, 'x.md').read
        for (const [at, length, put] of changes) {
          const start = at % (now.length + 1)
          now = now.slice(0, start) + put + now.slice(start + length)
          const again = readNotebook(now, 'x.md', read)
          expect(again.parsed).toEqual(readNotebook(now, 'x.md').parsed)
          read = again.read
        }
      },
    ),
    {numRuns: 3000, seed: 7},
  )
})

test('a fence that is opened above takes the cells below with it, and gives them back when it is closed', () => {
  const text = ['a', 'b', 'c'].map(fence).join('\n')
  const {read} = readNotebook(text, 'x.md')
  const opened = readNotebook(`${fence('a')}\n~~~\n${text.slice(fence('a').length)}`, 'x.md', read)
  expect(opened.parsed.notebook.cells.map(({name}) => name)).toEqual(['a'])
  const again = readNotebook(text, 'x.md', opened.read)
  expect(again.parsed.notebook.cells.map(({name}) => name)).toEqual(['a', 'b', 'c'])
})
