// The line to the host: opened, watched, and opened again when it breaks.

import {type CallOptions, type Client, connect} from '../../core/connect.ts'
import type {CallName, EventOf, InputOf, OutputOf} from '../../core/contract.ts'
import {AppError, toFault} from '../../core/error.ts'
import {says} from '../../core/words/says.ts'
import type {SetState} from './store.ts'
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

/**
 * What may be asked twice. It is sent as soon as there is a line, while the host behind it may still be starting,
 * and again on the next one where it got no answer.
 */
const early = new Set<CallName>(['project.info', 'kinds.list', 'settings.get', 'document.watch'])

type Line = {
  client: Client
  turn: number
  /** The host behind it has answered: it may only just have been started. */
  answered: boolean
}

/** Milliseconds from one try to reach the host again to the next. */
const pauses = [100, 300, 1000, 2000]

export const connectionSlice = (set: SetState): ConnectionSlice => {
  let line: Line | undefined
  let project: string | undefined
  /** Tells a line that was given up from the one that is wanted. */
  let wanted = 0
  let waiting: {name: CallName; ready: (line: Line) => void}[] = []

  async function reach(turn: number): Promise<void> {
    for (let tries = 0; turn === wanted; tries++) {
      try {
        const wire = await openWire(project)
        if (turn !== wanted) return wire.close()
        const closing: (() => void)[] = []
        const client = connect({...wire, onClose: closed => closing.push(closed)})
        const here: Line = {client, turn, answered: false}
        wire.onClose(() => {
          for (const closed of closing) closed()
          if (line === here) line = undefined
          // One that never was open is tried again below.
          if (!here.answered || turn !== wanted) return
          set({connection: 'lost'})
          void reach(turn)
        })
        line = here
        passOn(here)
        if (project !== undefined) await answers(client)
        if (turn !== wanted) return client.close()
        here.answered = true
        set(state => ({connection: 'open', line: state.line + 1}))
        passOn(here)
        return
      } catch {
        set({connection: 'lost'})
        await new Promise(resolve => setTimeout(resolve, pauses[Math.min(tries, 3)]))
      }
    }
  }

  const fits = ({answered}: Line, name: CallName) => answered || early.has(name)

  /** Gives a line to the calls that may have it. */
  function passOn(here: Line) {
    const ready = waiting.filter(({name}) => fits(here, name))
    waiting = waiting.filter(({name}) => !fits(here, name))
    for (const call of ready) call.ready(here)
  }

  return {
    connection: 'connecting',
    line: 0,
    open: async folder => {
      if (wanted > 0 && folder === project) return
      project = folder
      const turn = ++wanted
      line?.client.close()
      line = undefined
      waiting = []
      set({connection: 'connecting'})
      await reach(turn)
    },
    call: async (name, input, options) => {
      for (;;) {
        const here = line && fits(line, name) ? line : await lineFor(name, options?.signal)
        try {
          return await here.client.call(name, input, options)
        } catch (error) {
          const lost = toFault(error).code === 'crashed' && here.turn === wanted
          if (!lost || here.answered || options?.signal?.aborted) throw error
        }
      }
    },
  }

  function lineFor(name: CallName, signal?: AbortSignal): Promise<Line> {
    return new Promise((resolve, reject) => {
      waiting.push({name, ready: resolve})
      signal?.addEventListener('abort', () => reject(new AppError('cancelled', says`stopped`)), {
        once: true,
      })
    })
  }
}
