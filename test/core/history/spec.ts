// A plain run for tests, and a clock that a test moves by hand.
import type {ProcessMark, RunSpec} from '../../../core/schema/run.ts'

export const spec = (more: Partial<RunSpec> = {}): RunSpec => ({
  document: 'notebooks/penguins.md',
  cell: 'net',
  kind: 'mlp',
  params: {lr: 0.01, hidden: [32, 16], activation: 'relu'},
  seed: 1,
  task: 'classification',
  target: 'Species',
  features: 6,
  data: 'd1',
  code: 'c1',
  lineage: {penguins: 'p1', parts: 's1'},
  ...more,
})

export function clock(start = '2026-03-01T10:00:00.000Z') {
  let time = Date.parse(start)
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms
    },
  }
}

/** Processes that live until the test says otherwise. */
export function mortal() {
  const mark: ProcessMark = {pid: 7, host: 'here', started: 'then'}
  let lives = true
  return {
    self: () => mark,
    alive: () => lives,
    end: () => {
      lives = false
    },
  }
}
