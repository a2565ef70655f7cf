// Generated documents, as people and their editors may write them.
import fc from 'fast-check'

export const cellName = fc.oneof(
  fc.constantFrom('a', 'adults', 'parts', 'my-cell', 'pinguïns', '2023', '_x', 'Größe', 'データ'),
  fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/),
)

const textLine = fc.constantFrom(
  '# Title',
  'Some *text* with `code` and émojis 🐧.',
  '- a list',
  '  - a deeper one',
  '1. one',
  '> quoted',
  '<!-- a comment -->',
  '    indented code',
  '\tindented by a tab',
  '***',
  '---',
  '===',
  '| a | b |',
  '[ref]: http://example.org',
  '',
  '  ',
  'sql cell=no kind=fence',
)

/** Lines that open, close or hide fences, in every way that CommonMark tells apart. */
const wildLine = fc.oneof(
  textLine,
  fc.constantFrom(
    '```',
    '````',
    '~~~',
    '```sql cell=wild',
    '~~~yaml cell=tilde kind=impute',
    '   ```ts cell=indented',
    '    ```sql cell=code',
    '- ```sql cell=listed',
    '  ```sql cell=inlist',
    '> ```sql cell=quoted',
    '<!--',
    '-->',
    '<div>',
    '</div>',
    '<pre>',
    '</pre>',
    '<b>',
    '```sql cell=tick`s',
    '- ',
    '1) ```',
    '\t```',
    '\u0000',
    '<?php',
    '?>',
  ),
)
const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r')

/** Any text at all, made of lines that matter. */
export const wildDocument = fc
  .tuple(
    fc.constantFrom('', '\ufeff', '---\nbancada: 1\n---\n', '---\r\nlayout: {}\r\n---\r\n'),
    fc.array(fc.tuple(wildLine, lineEnd), {maxLength: 25}),
    wildLine,
  )
  .map(([head, lines, last]) => head + lines.map(line => line.join('')).join('') + last)

const sqlBody = fc.constantFrom(
  'select * from adults',
  "select '```' as fence",
  '',
  'select 1;\n\n-- end',
  'from "my-cell"',
)
const yamlBody = fc.constantFrom(
  'columns: [Sex] # which\nwith: mode',
  '# nothing yet',
  '',
  'test: 0.2\n\nstratify: Species\nnested:\n  deep:\n    - 1\n    - two # second\n  other: x',
  'text: |\n  several\n  lines\nlast: true',
)
const tsBody = fc.constantFrom('adults.length', '', 'const n = parts\nn + 1')

export type MadeCell = {name: string; language: 'sql' | 'ts' | 'yaml'; body: string}

/** A well-formed document: cells of different names, with text between them. */
export const document = fc
  .record({
    eol: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    front: fc.constantFrom(
      '',
      '---\ntitle: Penguins # ours\nlayout:\n  a: [1, 2]\n---\n',
      '---\n# nothing\n---\n',
    ),
    cells: fc.uniqueArray(
      fc.record({
        name: cellName,
        cell: fc.oneof(
          sqlBody.map(body => ({language: 'sql' as const, attributes: '', body})),
          tsBody.map(body => ({language: 'ts' as const, attributes: '', body})),
          yamlBody.map(body => ({
            language: 'yaml' as const,
            attributes: ' kind=impute from=a',
            body,
          })),
        ),
        extra: fc.constantFrom('', ' note="two words"', " hidden width='3'"),
        fence: fc.constantFrom('```', '````', '~~~~'),
        text: fc.array(textLine, {maxLength: 3}),
        gap: fc.constantFrom('\n', '\n\n'),
      }),
      {selector: made => made.name.toLowerCase(), maxLength: 8},
    ),
    last: fc.boolean(),
  })
  .map(({eol, mark, front, cells, last}) => {
    const parts = cells.map(({name, cell, extra, fence, text, gap}) => {
      const marks = cell.body.includes('```') ? '~~~~' : fence
      const body = cell.body === '' ? '' : `${cell.body}\n`
      const above = text.length ? `${text.join('\n')}\n\n` : ''
      // Text may begin a list or a comment, whose reach ends at a line that begins at the margin.
      return `${above}${marks}${cell.language} cell=${name}${cell.attributes}${extra}\n${body}${marks}${gap}`
    })
    const source = `${front}\n${parts.join('')}${last ? 'The end' : ''}`
    return {
      source: mark + source.replaceAll('\n', eol),
      cells: cells.map(({name, cell}): MadeCell => ({name, ...cell})),
      eol,
    }
  })
