// The thread that image files are decoded in: a photo takes a second, and the host has others to answer.
import {parentPort, workerData} from 'node:worker_threads'
import {toFault} from '../error.ts'
import type {ImageShape} from '../schema/image.ts'
import {decodeImage} from './decode.ts'
import type {Answer, Ask} from './decoder.ts'
import {fitImage} from './fit.ts'

const shape = workerData as ImageShape

parentPort!.on('message', ({id, content}: Ask) => {
  try {
    const {width, height, rgba} = decodeImage(content)
    const pixels = fitImage({width, height, rgba}, shape)
    const answer: Answer = {id, width, height, pixels}
    parentPort!.postMessage(answer, [pixels.buffer as ArrayBuffer])
  } catch (error) {
    const answer: Answer = {id, fault: toFault(error)}
    parentPort!.postMessage(answer)
  }
})
