// A plain registration for tests.
import {firstCard} from '../../../core/registry/card.ts'
import {type Registration, Registry} from '../../../core/registry/registry.ts'
import type {Signature} from '../../../core/schema/model.ts'
import type {Report} from '../../../core/schema/report.ts'
import type {Run} from '../../../core/schema/run.ts'
import {clock, mortal, spec} from '../history/spec.ts'

export const signature: Signature = {
  task: 'classification',
  inputs: [
    {name: 'Beak Depth (mm)', type: 'DOUBLE', kind: 'number'},
    {name: 'Island|Sex', type: 'VARCHAR', kind: 'category'},
  ],
  classes: ['Adelie', 'Gentoo'],
  target: 'Species',
}

export const report: Report = {
  about: 'evaluation',
  title: 'Test rows',
  metrics: [
    {name: 'f1', value: 0.9125, low: 0.85, high: 0.96, better: 'high'},
    {name: 'log_loss', value: Number.POSITIVE_INFINITY, better: 'low'},
  ],
  exhibits: [
    {
      kind: 'confusion',
      classes: ['Adelie', 'Gentoo'],
      counts: [
        [9, 1],
        [0, 8],
      ],
    },
    {
      kind: 'curve',
      name: 'roc',
      series: [{label: 'Adelie', x: [0, 1], y: [0, Number.NaN], area: 0.5}],
    },
  ],
  warnings: ['one class has 8 rows only'],
}

export const run: Run = {
  ...spec(),
  version: 1,
  id: '20260301-100000-000-aaaaaaaa',
  created: '2026-03-01T10:00:00.000Z',
  environment: {
    bancada: '0.1.0',
    node: '20.20.0',
    platform: 'linux-x64',
    cpu: 'a cpu',
    cores: 2,
    memory: 4e9,
    packages: {'onnxruntime-node': '1.30.0'},
  },
  engine: 'tfjs·wasm',
  status: {state: 'finished', ended: '2026-03-01T10:00:09.000Z'},
  curves: {},
  metrics: {loss: 0.12, epochs: 60, f1: 0.9125, log_loss: Number.POSITIVE_INFINITY},
  artifacts: [],
  warnings: ['stopped early'],
  notes: '',
  tags: [],
  star: false,
  archived: false,
  evaluations: {scores: report.metrics},
  reports: {},
}

export const card = firstCard({
  name: 'penguins',
  run,
  signature,
  rows: {train: 233, test: 18},
  report,
  project: {problem: 'Tell the species of a penguin', owners: ['Ana <ana@example.org>']},
  now: Date.parse('2026-03-01T10:01:00.000Z'),
})

export const registration = (content: string, more: Partial<Registration> = {}): Registration => ({
  name: 'penguins',
  run: run.id,
  document: run.document,
  cell: run.cell,
  kind: run.kind,
  data: run.data,
  lineage: run.lineage,
  signature,
  files: {'model.onnx': Buffer.from(content)},
  metrics: report.metrics,
  report,
  card,
  ...more,
})

/** A registry with a clock and people that a test moves and changes by hand. */
export function registry(folder: string) {
  const time = clock()
  let person = {name: 'Ana', email: 'ana@example.org'}
  return {
    time,
    owner: mortal(),
    models: new Registry(folder, {who: async () => person, now: time.now}),
    become: (name: string) => {
      person = {name, email: `${name.toLowerCase()}@example.org`}
    },
  }
}
