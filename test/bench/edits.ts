// An edit in a large open document, saved on disk when it returns, and how long until the states follow.
// node test/bench/run.mjs edits
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {OpenDocument} from '../../core/notebook/live/document.ts'
import {createProject} from '../../core/project.ts'
import type {Edit} from '../../core/schema/live.ts'
import {largeDocument} from '../support/large-document.ts'

const cells = 2000
const repeats = 3
const edits: Record<string, (n: number) => Edit> = {
  body: n => ({do: 'body', cell: 'c4', body: `select ${n} as x\n`}),
  param: n => ({do: 'param', cell: 'c1001', path: ['where'], value: `x > ${n}`}),
  text: n => ({do: 'text', id: 'c1001¶', text: `Words ${n}.`}),
  insert: n => ({do: 'insert', where: {after: 'c7'}, language: 'sql', name: `n${n}`, body: ''}),
  move: n => ({do: 'move', cell: 'c9', where: {after: n % 2 ? 'c6' : 'c20'}}),
  layout: n => ({do: 'layout', places: {c11: [n, n]}}),
  rename: n => ({do: 'rename', cell: n === 0 ? 'c12' : `r${n - 1}`, name: `r${n}`}),
  'delete 20': n => ({
    do: 'delete',
    cells: Array.from({length: 20}, (_, i) => `c${100 + n * 20 + i}`),
  }),
}

async function measure(words: number) {
  const folder = await mkdtemp(join(tmpdir(), 'bancada-bench-'))
  try {
    const project = await createProject(join(folder, 'p'))
    const document = 'notebooks/large.md'
    await writeFile(join(project.folder, document), largeDocument({cells, words}))
    const doc = new OpenDocument(project, document)
    const stop = new AbortController()
    let heard = (_: string) => {}
    const began = performance.now()
    const next = (type: string) =>
      new Promise<number>(resolve => {
        heard = told => told === type && resolve(Math.round(performance.now() - began))
      })
    const opened = next('blocks')
    const watching = doc.watch(({type}) => heard(type), stop.signal)
    const ms: Record<string, unknown> = {open: {once: await opened}}
    ms.states = {once: await next('status')}
    for (const [name, edit] of Object.entries(edits)) {
      const times: number[] = []
      const states: number[] = []
      for (let n = 0; n < repeats; n++) {
        const from = performance.now()
        const status = next('status')
        await doc.edit(edit(n))
        times.push(performance.now() - from)
        await status
        states.push(performance.now() - from)
      }
      ms[name] = {...summary(times), states: summary(states)}
    }
    stop.abort()
    await watching
    doc.close()
    return ms
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

function summary(times: number[]) {
  const sorted = times.map(Math.round).sort((a, b) => a - b)
  return {best: sorted[0]!, median: sorted[sorted.length >> 1]!}
}

const machine = {cores: cpus().length, cpu: cpus()[0]?.model, load: loadavg()[0]}
const ms = {plain: await measure(10), withFiveMegabytesOfText: await measure(1_000_000)}
console.log(JSON.stringify({bench: 'edits', machine, cells, ms}, undefined, 1))
