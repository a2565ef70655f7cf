// The rows behind a confusion matrix are shown as they were before their features were made.
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Evaluated, type Which} from '../../../core/notebook/evaluated.ts'
import {runNotebook} from '../../../core/notebook/run.ts'
import {createProject} from '../../../core/project.ts'
import {rowsOfPage} from '../../../core/wire/page.ts'
import {temporaryFolder} from '../../support/folder.ts'

const document = 'notebooks/test.md'
const form = (name: string, kind: string, from: string, body = '') =>
  `\`\`\`yaml cell=${name} kind=${kind} from=${from}\n${body}\n\`\`\`\n\n`

// Of each row its text says by itself what it is, and some have no label.
const notes = `\`\`\`sql cell=notes
select i as id, case when i % 10 <> 0 then if(i % 3 = 0, 'yes', 'no') end as label,
  if(i % 3 = 0, 'good ', 'bad ') || i as text, (i * 37) % 101 as x
from range(400) t(i)
\`\`\`

`
const trained =
  form('model', 'logistic', 'words', 'target: label') + form('scores', 'evaluate', 'model')

/** All rows that a document's `scores` looked at, or those asked for. */
async function evaluated(text: string, which: Which = {}) {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  await writeFile(join(project.folder, document), text)
  const {cells} = await runNotebook(project, document)
  expect([...cells.values()].filter(({state}) => state !== 'done')).toEqual([])
  const of = {document, cell: 'scores'}
  const found = await new Evaluated(project).rows(of, which, {offset: 0, limit: 1000})
  return {...found, names: found.columns.map(c => c.name), rows: rowsOfPage(found.arrow)}
}

test('they have the columns of the split, though steps make others of them and repeat training rows', async () => {
  const steps =
    form('parts', 'split', 'notes', 'test: 0.25\nstratify: label') +
    form('even', 'balance', 'parts', 'column: label') +
    form('bare', 'drop', 'even', 'columns: [id]') +
    form('scaled', 'scale', 'bare', 'columns: [x]\nwith: standard') +
    form('words', 'tf-idf', 'scaled', 'columns: [text]\nminLength: 3\nminRows: 5')
  const {of, names, rows} = await evaluated(notes + steps + trained)
  expect(of).toEqual({table: 'parts.test', steps: 4, reordered: false})
  expect(names).toEqual(['id', 'label', 'text', 'x', 'predicted', 'probability'])
  expect(rows.length).toBeGreaterThan(80)
  for (const {id, label, text, x, predicted} of rows as Record<string, number>[]) {
    const kind = id! % 3 === 0
    expect({label, text, x, predicted}).toEqual({
      label: kind ? 'yes' : 'no',
      text: `${kind ? 'good' : 'bad'} ${id}`,
      x: (id! * 37) % 101,
      predicted: kind ? 'yes' : 'no',
    })
  }
})

test('what a step has put in another order is shown as that step gives it', async () => {
  const steps =
    form('parts', 'split', 'notes', 'test: 0.25') +
    form('first', 'scale', 'parts', 'columns: [x]\nwith: standard') +
    form('sorted', 'sort', 'first', 'columns: [x]\ndescending: [x]') +
    form('bare', 'drop', 'sorted', 'columns: [id]') +
    form('words', 'tf-idf', 'bare', 'columns: [text]\nminLength: 3\nminRows: 5')
  const {of, names, rows} = await evaluated(notes + steps + trained)
  expect(of).toEqual({table: 'sorted.test', steps: 2, reordered: true})
  expect(names).toEqual(['id', 'label', 'text', 'x', 'predicted', 'probability'])
  for (const {text, predicted} of rows)
    expect(predicted).toBe(String(text).startsWith('good') ? 'yes' : 'no')
})

test('a target that a step makes stands beside the columns that do not have it', async () => {
  const steps =
    form('parts', 'split', 'notes', 'test: 0.25') +
    form('made', 'derive', 'parts', `columns:\n  label2: "label || '!'"`) +
    form('words', 'tf-idf', 'made', 'columns: [text]\nminLength: 3\nminRows: 5')
  const model =
    form('model', 'logistic', 'words', 'target: label2\nfeatures: [text_good, text_bad]') +
    form('scores', 'evaluate', 'model')
  const {names, rows, total} = await evaluated(notes + steps + model, {truth: 'yes!'})
  expect(names).toEqual(['id', 'label', 'text', 'x', 'label2', 'predicted', 'probability'])
  expect(rows).toHaveLength(total)
  for (const {label, label2, predicted} of rows)
    expect([label, label2, predicted]).toEqual(['yes', 'yes!', 'yes!'])
})

test('without a split they are the rows of the table that the first step took', async () => {
  const steps = form(
    'words',
    'tf-idf',
    'notes',
    'columns: [text]\nminLength: 3\nminRows: 5\nstopWords: none',
  )
  const {of, names} = await evaluated(notes + steps + trained)
  expect(of).toEqual({table: 'notes', steps: 1, reordered: false})
  expect(names).toEqual(['id', 'label', 'text', 'x', 'predicted', 'probability'])
})
