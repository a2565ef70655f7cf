// What a model says of columns that it cannot learn from.
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {runNotebook} from '../../../core/notebook/run.ts'
import {createProject} from '../../../core/project.ts'
import {temporaryFolder} from '../../support/folder.ts'

async function faultOf(columns: string) {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  await writeFile(
    join(project.folder, 'notebooks', 'a.md'),
    `\`\`\`sql cell=rows\nselect n::double as y, ${columns} from range(40) as t(n)\n\`\`\`

\`\`\`yaml cell=line kind=linear from=rows\ntarget: y\n\`\`\`\n`,
  )
  const {cells} = await runNotebook(project, 'notebooks/a.md')
  const cell = cells.get('line')!
  return cell.state === 'failed' ? cell.fault : undefined
}

test('all features that are no numbers are named at once, with the steps that make numbers of them', async () => {
  expect(await faultOf(`n as a, 'x' as city, date '2025-01-01' as day`)).toMatchObject({
    code: 'wrong-type',
    message: '2 features are not numbers: "city" (VARCHAR), "day" (DATE)',
    hint: expect.stringMatching(/one-hot or ordinal step takes text and a date-parts step dates/),
  })
  expect(await faultOf(`n as a, date '2025-01-01' as day`)).toMatchObject({
    message: 'feature "day" is not a number (DATE)',
    hint: expect.stringMatching(/^add a date-parts step/),
  })
  expect(await faultOf('n as a, n % 2 = 0 as even')).toBeUndefined()
})
