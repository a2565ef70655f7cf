// A rehearsal of deployment: the golden check of a bundle as a report.
import type {Task} from '../plugin.ts'
import type {Report} from '../schema/report.ts'
import {says} from '../words/says.ts'
import {checkGolden} from './golden.ts'

/** Starts the bundle in `folder`, checks its golden answers and times them. Errors as `checkGolden`'s. */
export async function rehearse(folder: string, task: Partial<Task> = {}): Promise<Report> {
  const {rows, mismatches, p50_ms, p95_ms, start_ms} = await checkGolden(folder, task)
  return {
    about: 'rehearsal',
    title: says`The bundle, served on this machine`.said,
    metrics: [
      {name: 'golden_rows', value: rows, better: 'high'},
      {name: 'mismatches', value: mismatches, better: 'low'},
      {name: 'p50_ms', value: p50_ms, better: 'low'},
      {name: 'p95_ms', value: p95_ms, better: 'low'},
      {name: 'start_ms', value: start_ms, better: 'low'},
    ],
    exhibits: [],
    alarm: mismatches > 0,
    warnings: [],
  }
}
