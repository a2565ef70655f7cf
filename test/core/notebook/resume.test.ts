// The whole program is killed in the middle of a training, and run again.

import {readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Runs} from '../../../core/history/runs.ts'
import {runNotebook} from '../../../core/notebook/run.ts'
import {createProject} from '../../../core/project.ts'
import type {ModelValue} from '../../../core/schema/value.ts'
import {english} from '../../../core/words/says.ts'
import {program} from '../../support/child.ts'
import {temporaryFolder} from '../../support/folder.ts'

const document = 'notebooks/test.md'
const epochs = 12
const text = `
\`\`\`sql cell=points
select sin(i) as a, cos(3 * i) as b, if(a + b > 0, 'right', 'left') as side from range(300) t(i)
\`\`\`

\`\`\`yaml cell=net kind=mlp from=points
target: side
features: [a, b]
hidden: [6]
dropout: 0.2
batchSize: 8
epochs: ${epochs}
\`\`\`
`

/** Runs the document and kills itself when it hears of the third epoch. */
const killed = `
import {runNotebook} from './core/notebook/run.ts'
import {openProject} from './core/project.ts'
await runNotebook(await openProject(process.argv[2]), '${document}', {
  checkpointEvery: 0,
  tell: event => {
    if (event.state === 'running' && event.progress?.epoch === 3) process.kill(process.pid, 'SIGKILL')
  },
})`

async function projectOf() {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  await writeFile(join(project.folder, document), text)
  return project
}

test('a run that was killed with the program goes on where it was, and says so', async () => {
  const project = await projectOf()
  const child = await program(killed, [project.folder])
  expect(await child.ended()).toBe('SIGKILL')
  const {checkpoints, objects} = project.store
  const [hash, ...others] = await readdir(checkpoints)
  expect(others).toEqual([])
  expect(await readdir(join(checkpoints, hash!))).toContain('fold-0.checkpoint')

  const [again, whole] = [await netOf(project), await netOf(await projectOf())]
  expect(again.hash).toBe(hash)
  expect(again.warnings.map(english)).toEqual([
    expect.stringContaining('the training was broken off'),
  ])
  expect(whole.warnings).toEqual([])
  expect(again.model.equals(whole.model)).toBe(true)
  // Every point once, those before the kill too.
  expect(again.points).toEqual(whole.points)
  expect(again.points.map(p => p.epoch)).toEqual(whole.points.map((_, i) => i + 1))
  expect(again.run.warnings).toEqual(again.warnings)
  expect(again.states).toEqual(['crashed', 'finished'])
  expect(whole.states).toEqual(['finished'])
  // With the result there, nothing is left to be taken up.
  expect(await readdir(checkpoints)).toEqual([])
  expect(await readdir(objects)).toContain(hash)
}, 180_000)

async function netOf(project: Awaited<ReturnType<typeof projectOf>>) {
  const {cells} = await runNotebook(project, document)
  const cell = cells.get('net')!
  if (cell.state !== 'done') throw new Error(JSON.stringify(cell))
  const {hash, warnings, value} = cell.result
  const {onnx, run: id} = value as ModelValue
  const runs = new Runs(join(project.folder, '.bancada', 'runs'))
  const all = await Promise.all((await runs.ids()).map(id => runs.get(id)))
  return {
    hash,
    warnings,
    model: await readFile(join(project.store.objects, onnx)),
    run: await runs.get(id),
    points: (await runs.points(id)).map(({epoch, metrics}) => ({epoch, metrics})),
    states: all.map(run => run.status.state),
  }
}
