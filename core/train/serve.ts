// The worker's side of a training: takes the job, sends progress and the result, and ends.
import {AppError, toFault} from '../error.ts'
import type {Model} from '../plugin.ts'
import {ownLine} from '../schema/log.ts'
import {says} from '../words/says.ts'
import type {TrainJob, WorkerMessage} from './job.ts'
import {outOfMemory, watchProcess} from './watch.ts'
import {work} from './work.ts'

/** Waits for the one job that the parent sends, does it unless it is stopped, and ends the process. */
export function serveTraining(models: Readonly<Record<string, Model>>) {
  const stop = new AbortController()
  const send = (message: WorkerMessage, sent = () => {}) => process.send?.(message, sent)
  process.on('disconnect', () => process.exit(1))
  process.once('message', async (job: TrainJob & {memory: number}) => {
    process.once('message', () => stop.abort())
    watchProcess(job.memory)
    const answer = await work(job, models, {
      signal: stop.signal,
      tell: progress => send({type: 'progress', progress}),
      log: point => send({type: 'log', point}),
      note: (what, level = 'info') => send({type: 'note', line: ownLine(what, level, Date.now())}),
    }).then(
      (result): WorkerMessage => ({type: 'done', result}),
      (thrown): WorkerMessage => ({type: 'failed', fault: faultOf(thrown)}),
    )
    send(answer, () => process.exit(0))
  })
}

function faultOf(thrown: unknown) {
  if (thrown instanceof RangeError && outOfMemory.test(thrown.message))
    return toFault(
      new AppError('out-of-memory', says`the training arrays do not fit into memory`, {
        hint: says`train on fewer rows or columns`,
        cause: thrown,
      }),
    )
  return toFault(thrown)
}
