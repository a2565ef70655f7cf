// The client's end of a wire: a call of the contract is a promise. It knows the contract as types alone, so that no schema comes along.
import type {CallName, EventOf, InputOf, OutputOf} from './contract.ts'
import {AppError, fromFault} from './error.ts'
import type {Wire} from './wire/message.ts'
import {says} from './words/says.ts'

export type CallOptions<E> = {signal?: AbortSignal; tell?: (event: E) => void}

export type Client = {
  /** Runs one call of the contract. Rejects with an `AppError`; an aborted `signal` stops it on the host. */
  call: <N extends CallName>(
    name: N,
    input: InputOf<N>,
    options?: CallOptions<EventOf<N>>,
  ) => Promise<OutputOf<N>>
  close: () => void
}

/** A client at one end of a wire. */
export function connect(wire: Wire): Client {
  type Pending = {
    resolve: (output: unknown) => void
    reject: (error: AppError) => void
    tell: ((event: unknown) => void) | undefined
  }
  const pending = new Map<number, Pending>()
  let next = 1
  let closed = false
  wire.onMessage(message => {
    const call = pending.get(message.id)
    if (!call) return
    if ('event' in message) return call.tell?.(message.event)
    pending.delete(message.id)
    if ('fault' in message) call.reject(fromFault(message.fault))
    else if ('output' in message) call.resolve(message.output)
  })
  wire.onClose(() => {
    closed = true
    for (const {reject} of pending.values()) reject(gone())
    pending.clear()
  })
  return {
    call: (name, input, {signal, tell} = {}) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(gone())
        if (signal?.aborted) return reject(new AppError('cancelled', says`stopped`))
        const id = next++
        const stop = () => wire.send({id, cancel: true})
        signal?.addEventListener('abort', stop, {once: true})
        const over = () => signal?.removeEventListener('abort', stop)
        pending.set(id, {
          resolve: output => {
            over()
            resolve(output as OutputOf<typeof name>)
          },
          reject: error => {
            over()
            reject(error)
          },
          tell: tell as ((event: unknown) => void) | undefined,
        })
        try {
          wire.send({id, call: name, input})
        } catch (error) {
          pending.delete(id)
          over()
          reject(error)
        }
      }),
    close: () => wire.close(),
  }
}

const gone = () =>
  new AppError('crashed', says`the connection to the host was lost`, {
    hint: says`your work is saved; open the project again`,
  })
