// A process that trains, to be killed in the middle of it.
import {train} from '../../core/train/train.ts'

process.once('message', ({job, program}) => {
  train(job, {signal: new AbortController().signal, tell: () => {}, program})
})
