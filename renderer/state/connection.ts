// The line to the host: opened, watched, and opened again when it breaks.
import type {CallName, EventOf, InputOf, OutputOf} from '../../core/contract.ts'
import {AppError, toFault} from '../../core/error.ts'
import {type CallOptions, type Client, connect} from '../../core/rpc.ts'
import type {GetState, SetState} from './store.ts'
import {openWire} from './wire.ts'

export type Connection = 'connecting' | 'open' | 'lost'

export type ConnectionSlice = {
  connection: Connection
  /** Counts how often the line was opened: what watches something watches it again. */
  line: number
  /** Opens the line to a project's host, or without one to the home screen's. */
  open: (project?: string) => Promise<void>
  call: <N extends CallName>(
    name: N,
    input: InputOf<N>,
    options?: CallOptions<EventOf<N>>,
  ) => Promise<OutputOf<N>>
}

/** Waits for any answer; what is wrong with the project is told by who asks for it. */
const answers = (client: Client) =>
  client.call('project.info', {}).then(
    () => {},
    error => {
      if (toFault(error).code === 'crashed') throw error
    },
  )

/** Milliseconds from one try to reach the host again to the next. */
const pauses = [100, 300, 1000, 2000]

export const connectionSlice = (set: SetState, get: GetState): ConnectionSlice => {
  let client: Client | undefined
  let project: string | undefined
  /** Tells a line that was given up from the one that is wanted. */
  let wanted = 0
  let waiting: ((client: Client) => void)[] = []

  async function reach(turn: number): Promise<void> {
    for (let tries = 0; turn === wanted; tries++) {
      try {
        const wire = await openWire(project)
        if (turn !== wanted) return wire.close()
        const closing: (() => void)[] = []
        const next = connect({...wire, onClose: closed => closing.push(closed)})
        wire.onClose(() => {
          for (const closed of closing) closed()
          // One that never was open is tried again below.
          if (client !== next || turn !== wanted) return
          client = undefined
          set({connection: 'lost'})
          void reach(turn)
        })
        // A line is open when the host behind it answers: it may only just have been started.
        if (project !== undefined) await answers(next)
        if (turn !== wanted) return next.close()
        client = next
        set(state => ({connection: 'open', line: state.line + 1}))
        for (const ready of waiting.splice(0)) ready(next)
        return
      } catch {
        set({connection: 'lost'})
        await new Promise(resolve => setTimeout(resolve, pauses[Math.min(tries, 3)]))
      }
    }
  }

  return {
    connection: 'connecting',
    line: 0,
    open: async folder => {
      if (folder === project && get().connection === 'open') return
      project = folder
      const turn = ++wanted
      client?.close()
      client = undefined
      waiting = []
      set({connection: 'connecting'})
      await reach(turn)
    },
    call: async (name, input, options) => {
      const open = client ?? (await line(options?.signal))
      return open.call(name, input, options)
    },
  }

  function line(signal?: AbortSignal): Promise<Client> {
    return new Promise((resolve, reject) => {
      waiting.push(resolve)
      signal?.addEventListener('abort', () => reject(new AppError('cancelled', 'stopped')), {
        once: true,
      })
    })
  }
}
