// The host's end of a wire: the same messages in one process, over a MessagePort or over a WebSocket.
import {
  type CallName,
  type Calls,
  contract,
  type EventOf,
  type HomeCall,
  type OutputOf,
  type ProjectCall,
} from './contract.ts'
import {AppError, didYouMean, toFault} from './error.ts'
import type {Wire} from './wire/message.ts'
import {says} from './words/says.ts'

/** What a host offers: for each call of the contract, a function from its checked input. */
export type Handlers = {
  [N in CallName]: (
    input: Calls[N]['input'],
    context: {
      signal: AbortSignal
      tell: (event: EventOf<N>) => void
      /** Aborts when the client goes away. */
      gone: AbortSignal
    },
  ) => Promise<OutputOf<N>>
}

export type HomeHandlers = Pick<Handlers, HomeCall>
export type ProjectHandlers = Pick<Handlers, ProjectCall>

/** A host at the other end; calls that it does not offer are refused. When the wire closes, everything that still runs for it is stopped. */
export function serve(wire: Wire, handlers: Partial<Handlers>): void {
  const running = new Map<number, AbortController>()
  const left = new AbortController()
  wire.onClose(() => {
    left.abort()
    for (const stop of running.values()) stop.abort()
  })
  wire.onMessage(message => {
    if ('cancel' in message) return running.get(message.id)?.abort()
    if ('call' in message) void answer(message.id, message.call, message.input)
  })

  async function answer(id: number, name: string, input: unknown) {
    const stop = new AbortController()
    running.set(id, stop)
    try {
      const tell = (event: unknown) => wire.send({id, event})
      const output = await dispatch(name, input, {
        signal: stop.signal,
        tell,
        gone: left.signal,
      })
      wire.send({id, output: output ?? null})
    } catch (error) {
      wire.send({id, fault: toFault(error)})
    } finally {
      running.delete(id)
    }
  }

  async function dispatch(
    name: string,
    input: unknown,
    context: {signal: AbortSignal; tell: (event: unknown) => void; gone: AbortSignal},
  ): Promise<unknown> {
    if (!Object.hasOwn(contract, name))
      throw new AppError('bad-request', says`there is no call "${name}"`, {
        hint: didYouMean(name, Object.keys(contract)),
      })
    const call = name as CallName
    const {success, data, error} = contract[call].input.safeParse(input)
    if (!success) {
      const issue = error.issues[0]!
      throw new AppError('bad-request', says`${name}: ${issue.path.join('.')} ${issue.message}`)
    }
    const run = handlers[call] as
      | ((input: unknown, context: unknown) => Promise<unknown>)
      | undefined
    if (!run)
      throw new AppError('bad-request', says`${name} needs a project, and none is open here`, {
        hint: says`open a project first`,
      })
    return run(data, context)
  }
}
