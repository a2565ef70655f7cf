// Calls over any wire: the same messages in one process, over a MessagePort or over a WebSocket.
import {
  type CallName,
  type Calls,
  contract,
  type EventOf,
  type InputOf,
  type OutputOf,
} from './contract.ts'
import {AppError, didYouMean, type Fault, fromFault, toFault} from './error.ts'

/** All that travels. `id` ties the answers to the call; it is the client's to choose. */
export type Message =
  | {id: number; call: string; input: unknown}
  | {id: number; cancel: true}
  | {id: number; event: unknown}
  | {id: number; output: unknown}
  | {id: number; fault: Fault}

/** Something that carries messages both ways, in order. */
export type Wire = {
  send: (message: Message) => void
  /** Called for every message that arrives. */
  onMessage: (receive: (message: Message) => void) => void
  onClose: (closed: () => void) => void
  close: () => void
}

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

/** What a host offers: for each call of the contract, a function from its checked input. */
export type Handlers = {
  [N in CallName]: (
    input: Calls[N]['input'],
    context: {signal: AbortSignal; tell: (event: EventOf<N>) => void},
  ) => Promise<OutputOf<N>>
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
        if (signal?.aborted) return reject(new AppError('cancelled', 'stopped'))
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
        wire.send({id, call: name, input})
      }),
    close: () => wire.close(),
  }
}

const gone = () =>
  new AppError('crashed', 'the connection to the host was lost', {
    hint: 'your work is saved; open the project again',
  })

/** A host at the other end. When the wire closes, everything that still runs for it is stopped. */
export function serve(wire: Wire, handlers: Handlers): void {
  const running = new Map<number, AbortController>()
  wire.onClose(() => {
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
      const output = await dispatch(name, input, {signal: stop.signal, tell})
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
    context: {signal: AbortSignal; tell: (event: unknown) => void},
  ): Promise<unknown> {
    if (!Object.hasOwn(contract, name))
      throw new AppError('bad-request', `there is no call "${name}"`, {
        hint: didYouMean(name, Object.keys(contract)),
      })
    const call = name as CallName
    const {success, data, error} = contract[call].input.safeParse(input)
    if (!success) {
      const issue = error.issues[0]!
      throw new AppError('bad-request', `${name}: ${issue.path.join('.')} ${issue.message}`)
    }
    const run = handlers[call] as (input: unknown, context: unknown) => Promise<unknown>
    return run(data, context)
  }
}

/** Two ends of a wire in one process. Messages pass through JSON, so that it behaves like a network. */
export function wirePair(): [Wire, Wire] {
  type End = {receive: ((m: Message) => void)[]; closed: (() => void)[]}
  const ends: [End, End] = [
    {receive: [], closed: []},
    {receive: [], closed: []},
  ]
  let open = true
  const end = (mine: End, theirs: End): Wire => ({
    send: message => {
      if (!open) return
      const copy = JSON.parse(JSON.stringify(message)) as Message
      void Promise.resolve().then(() => {
        for (const receive of theirs.receive) receive(copy)
      })
    },
    onMessage: receive => mine.receive.push(receive),
    onClose: closed => mine.closed.push(closed),
    close: () => {
      if (!open) return
      open = false
      for (const closed of [...mine.closed, ...theirs.closed]) closed()
    },
  })
  return [end(ends[0], ends[1]), end(ends[1], ends[0])]
}
