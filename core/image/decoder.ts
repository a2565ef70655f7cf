// Image files to pixels in a shape, in a thread of its own.
import {Worker} from 'node:worker_threads'
import {AppError, type Fault, fromFault} from '../error.ts'
import {builtProgram} from '../package-root.ts'
import type {ImageShape} from '../schema/image.ts'
import {says} from '../words/says.ts'

export type Ask = {id: number; content: Uint8Array}
/** `width` and `height` are those of the picture in the file. */
export type Fitted = {width: number; height: number; pixels: Uint8Array}
export type Answer = {id: number} & (Fitted | {fault: Fault})

type Waiting = {resolve: (fitted: Fitted) => void; reject: (error: unknown) => void}

export class Decoder {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #ended: AppError | undefined

  constructor(shape: ImageShape) {
    this.#worker = new Worker(builtProgram('image-worker'), {workerData: shape})
    this.#worker.on('message', ({id, ...answer}: Answer) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if ('fault' in answer) waiting?.reject(fromFault(answer.fault))
      else waiting?.resolve(answer)
    })
    this.#worker.on('error', cause =>
      this.#fail(new AppError('crashed', says`the images cannot be decoded any more`, {cause})),
    )
    this.#worker.on('exit', () => this.#fail(new AppError('cancelled', says`stopped`)))
  }

  /** Decodes a file and scales it; several may be under way. `content` must not be used afterwards. Throws as `decodeImage`, and `cancelled` once closed. */
  fit(content: Uint8Array): Promise<Fitted> {
    const id = this.#asked++
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended)
      this.#waiting.set(id, {resolve, reject})
      const ask: Ask = {id, content}
      this.#worker.postMessage(ask, own(content))
    })
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(error: AppError) {
    this.#ended ??= error
    for (const {reject} of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** What may be handed over instead of copied: bytes that share their memory with nothing else, as a large file's do. */
const own = ({buffer, byteLength}: Uint8Array) =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
