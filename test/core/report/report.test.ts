// The report that is handed in: one file that tells everything, asks for nothing, and runs nothing.
import {createHash} from 'node:crypto'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {connect} from '../../../core/connect.ts'
import {openHost} from '../../../core/host.ts'
import {createProject} from '../../../core/project.ts'
import {serve} from '../../../core/rpc.ts'
import {wirePair} from '../../../core/wire/pair.ts'
import {temporaryFolder} from '../../support/folder.ts'

const bad = '<script>alert(1)</script>'
const document = 'notebooks/work.md'
const text = `# What ${bad} is

A [way out](javascript:alert(1)), a [page](https://example.com/), a ![picture](https://example.com/x.png) of it.

\`\`\`yaml cell=rows kind=source
file: data/rows.csv
\`\`\`

\`\`\`sql cell=good
select * from rows where x < 1000
\`\`\`

\`\`\`yaml cell=parts kind=split from=good
seed: 3
\`\`\`

\`\`\`yaml cell=scaled kind=scale from=parts
columns: [x]
with: standard
\`\`\`

\`\`\`yaml cell=model kind=logistic from=scaled
target: kind
features: [x]
\`\`\`

\`\`\`yaml cell=scores kind=evaluate from=model
\`\`\`
`

async function project() {
  const folder = join(await temporaryFolder(), 'project')
  await createProject(folder, {
    name: `Work ${bad}`,
    problem: `Nobody knows ${bad}.`,
    success: {metric: 'accuracy', threshold: 0.5},
    owners: ['Ada <ada@example.com>'],
    guide: 'mini-project',
  })
  const lines = Array.from({length: 120}, (_, i) =>
    [i === 7 ? 5000 : i, i % 60 < 30 ? 'a' : bad, bad].join(','),
  )
  await mkdir(join(folder, 'data'), {recursive: true})
  await writeFile(join(folder, 'data', 'rows.csv'), `x,kind,"note ${bad}"\n${lines.join('\n')}\n`)
  await writeFile(join(folder, document), text)
  const [mine, theirs] = wirePair()
  serve(theirs, await openHost(folder))
  return {folder, client: connect(mine)}
}

test('a report tells what every cell says and gave, what is done, and what it rests on', async () => {
  const {folder, client} = await project()
  const {cells} = await client.call('notebook.run', {document})
  expect(cells.filter(({state}) => state !== 'done')).toEqual([])
  const {path, html} = await client.call('report.write', {document})
  expect(path).toBe('reports/work.html')
  expect(await readFile(join(folder, path), 'utf8')).toBe(html)
  expect(await readdir(join(folder, 'reports'))).toEqual(['work.html'])

  expect(html).toContain('Ada &lt;ada@example.com&gt;')
  expect(html).toContain('select * from rows where x &lt; 1000')
  expect(html).toContain('119 rows, 3 columns')
  expect(html).toContain('good: 120 rows became 119.')
  expect(html).toMatch(/accuracy is 0\.\d+, and 0\.5 was the goal: (not )?reached/)
  expect(html).toContain('<caption>Confusion matrix</caption>')
  expect(html.match(/<svg/g)!.length).toBeGreaterThan(2)
  const scores = cells.find(({cell}) => cell === 'scores')!
  const model = cells.find(({cell}) => cell === 'model')!
  if (scores.state !== 'done' || model.state !== 'done') throw new Error('not run')
  expect(html).toContain(scores.result.hash)
  expect(html).toContain(model.result.value.type === 'model' && model.result.value.run)
  const data = await readFile(join(folder, 'data', 'rows.csv'))
  expect(html).toContain(createHash('sha256').update(data).digest('hex'))
  expect(html).toContain(`<td>${process.versions.node}</td>`)

  // Nothing that anybody wrote is markup, and nothing is asked of another place.
  expect(html).not.toMatch(/<script|<link|<iframe|<img|\son\w+=|href="javascript|url\(|@import/i)
  expect(html.match(/(src|href)="[^"]*"/g)).toEqual(['href="https://example.com/"'])
  const style = /<style>([\s\S]*)<\/style>/.exec(html)![1]!
  const hash = createHash('sha256').update(style).digest('base64')
  expect(html).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`)
  expect(html).not.toMatch(/\sstyle=/)

  const pt = await client.call('report.write', {document, language: 'pt-BR'})
  expect(pt.html).toContain('<html lang="pt-BR">')
  expect(pt.html).toContain('good: 120 linhas viraram 119.')
  client.close()
}, 90_000)

test('what has not run is said to have no result, and nothing is run for a report', async () => {
  const {folder, client} = await project()
  const {html} = await client.call('report.write', {document})
  expect(html.match(/No result: the cell has to be run\./g)).toHaveLength(6)
  expect(await readdir(join(folder, '.bancada', 'objects'))).toEqual([])
  await expect(client.call('report.write', {document: 'notebooks/none.md'})).rejects.toMatchObject({
    code: 'missing-file',
  })
  client.close()
})
