import {existsSync} from 'node:fs'
import {join, relative, resolve} from 'node:path'
import type {Report} from '../schema/report.ts'
import type {Settled} from '../schema/result.ts'
import type {Value} from '../schema/value.ts'
import {newProject} from '../templates.ts'
import {english} from '../words/says.ts'
import {type Command, text} from './args.ts'
import {clientOf} from './client.ts'
import {duration, figure, paint, table} from './print.ts'
import {runDocument} from './run.ts'

const document = 'notebooks/mini-pipeline.md'

export const command: Command = {
  usage: '',
  options: {
    folder: {
      type: 'string',
      value: 'DIR',
      help: 'where the sample project goes (default: demo/mini-pipeline)',
    },
  },
  examples: ['bancada demo', 'bancada demo --json'],
  async run(given, out) {
    const folder = resolve(text(given, 'folder') ?? 'demo/mini-pipeline')
    const started = performance.now()
    if (!existsSync(join(folder, 'bancada.json'))) {
      await newProject(folder, {template: 'mini-pipeline'})
      out.say(`Made the sample project in ${folder}\n`)
    } else out.say(`The sample project in ${folder}; what has not changed comes from the cache\n`)
    const client = await clientOf(folder)
    const {cells, problems} = await runDocument(given, out, document, client)
    const seconds = (performance.now() - started) / 1000
    const summary = summarise(cells)
    const ok = problems.length === 0 && cells.every(c => c.state === 'done') && verdict(summary)
    if (summary.evaluation) {
      out.say(`\n${paint('bold', english(summary.evaluation.title))}`)
      out.say(
        table(
          [['metric', 'value', '95% interval'], ...summary.evaluation.metrics.map(metricRow)],
          '  ',
        ),
      )
    }
    out.say()
    tellWhere(out.say, folder, summary)
    out.say(
      `\n${ok ? 'Done' : 'Not everything worked'} in ${duration(seconds * 1000)}. What to try next:`,
    )
    out.say(
      `  edit ${near(join(folder, document))}, such as the split's seed, and run the demo again`,
    )
    out.say(`  npx bancada runs --project ${near(folder)}`)
    out.say(`  npx bancada status --project ${near(folder)}`)
    out.result({
      ok,
      document: join(folder, document),
      rows: Object.fromEntries(
        cells.flatMap(c =>
          c.state === 'done' && c.result.rows !== undefined ? [[c.cell, c.result.rows]] : [],
        ),
      ),
      metrics: Object.fromEntries(summary.evaluation?.metrics.map(m => [m.name, m.value]) ?? []),
      run: summary.run,
      model: summary.model,
      bundle: summary.bundle && join(folder, '.bancada', 'objects', summary.bundle),
      serving: summary.serving,
      drift: summary.drift,
      cached: cells.filter(c => c.state === 'done' && c.cached).length,
      seconds,
      ...(ok
        ? {}
        : {
            faults: cells.flatMap(c => (c.state === 'failed' ? [{cell: c.cell, ...c.fault}] : [])),
            problems,
          }),
    })
    client.close()
    return ok ? 0 : 1
  },
}

type Summary = {
  evaluation?: Report
  run?: string
  model?: {name: string; version: number; stage: string}
  bundle?: string
  serving?: {golden: number; mismatches: number; p50_ms: number}
  drift?: {same: boolean; shifted: boolean}
}

function summarise(cells: readonly Settled[]): Summary {
  const value = (kind: string, name?: string): Value | undefined => {
    const cell = cells.find(c => c.kind === kind && (name === undefined || c.cell === name))
    return cell?.state === 'done' ? cell.result.value : undefined
  }
  const report = (kind: string, name?: string) => {
    const found = value(kind, name)
    return found?.type === 'report' ? found.report : undefined
  }
  const scores = value('evaluate')
  const version = value('register')
  const bundle = value('package')
  const rehearsal = report('rehearse')
  const same = report('drift', 'same_birds')
  const shifted = report('drift', 'shifted_birds')
  const rehearsed = (name: string) =>
    rehearsal!.metrics.find(m => m.name === name)?.value ?? Number.NaN
  return {
    ...(scores?.type === 'report' ? {evaluation: scores.report, run: scores.model?.run} : {}),
    ...(version?.type === 'version'
      ? {model: {name: version.name, version: version.version, stage: version.stage}}
      : {}),
    ...(bundle?.type === 'bundle' ? {bundle: bundle.folder} : {}),
    ...(rehearsal
      ? {
          serving: {
            golden: rehearsed('golden_rows'),
            mismatches: rehearsed('mismatches'),
            p50_ms: rehearsed('p50_ms'),
          },
        }
      : {}),
    ...(same && shifted
      ? {drift: {same: same.alarm ?? false, shifted: shifted.alarm ?? false}}
      : {}),
  }
}

/** The demo did what it promises: right answers, silence without drift, an alarm with it. */
const verdict = ({serving, drift}: Summary) =>
  serving?.mismatches === 0 && drift?.same === false && drift.shifted === true

const metricRow = ({name, value, low, high}: Report['metrics'][number]) => [
  name,
  figure(value),
  low === undefined ? '' : `${figure(low)} – ${figure(high)}`,
]

function tellWhere(say: (text?: string) => void, folder: string, s: Summary) {
  if (s.model) say(`model     ${s.model.name}, version ${s.model.version}, stage ${s.model.stage}`)
  if (s.run) say(`run       ${s.run}`)
  if (s.bundle) say(`bundle    ${near(join(folder, '.bancada', 'objects', s.bundle))}`)
  if (s.serving)
    say(
      `serving   ${s.serving.golden} golden rows, ${s.serving.mismatches} mismatches, median ${figure(s.serving.p50_ms)} ms`,
    )
  if (s.drift)
    say(
      `drift     same birds: ${s.drift.same ? 'ALARM' : 'no alarm'}; shifted birds: ${s.drift.shifted ? 'alarm' : 'NO ALARM'}`,
    )
}

/** A path as a person here would type it. */
const near = (path: string) => {
  const way = relative('.', path)
  return way.startsWith('..') ? path : way
}
