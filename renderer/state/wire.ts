// The window's end of the wire: a port that the desktop shell hands over, or a WebSocket to this page's own server.
import {fromFrame, toFrame} from '../../core/wire/frame.ts'
import type {Wire} from '../../core/wire/message.ts'
import {portWire} from '../../core/wire/port.ts'

declare global {
  interface Window {
    /** Put there by the desktop shell. */
    bancada?: {
      /**
       * Asks for a port to a project's host, or without a project to the home screen's; it arrives as a
       * message of this window under the number that is answered.
       */
      connect: (project?: string) => Promise<number>
      /** Says that the other end of a port is gone, by its number; answers a function that ends it. */
      onGone: (heard: (id: number) => void) => () => void
      /** Paths of files that were dropped, which a page cannot know by itself. */
      pathOf: (file: File) => string
      platform: string
      setLanguage: (language: string) => Promise<void>
      /** Menu entries by their command's id; answers a function that ends it. */
      onCommand: (run: (id: string) => void) => () => void
    }
  }
}

/** Opens a wire; rejects when the other end cannot be reached. */
export async function openWire(project?: string): Promise<Wire> {
  if (window.bancada) return handedWire(window.bancada, project)
  const query = project === undefined ? '' : `?project=${encodeURIComponent(project)}`
  const socket = new WebSocket(`ws://${location.host}/rpc${query}`)
  socket.binaryType = 'arraybuffer'
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = () => reject(new Error('the host cannot be reached'))
  })
  return {
    send: message => {
      if (socket.readyState === WebSocket.OPEN) socket.send(toFrame(message))
    },
    onMessage: receive => {
      socket.onmessage = ({data}) =>
        receive(fromFrame(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer)))
    },
    onClose: closed => {
      socket.onclose = closed
    },
    close: () => socket.close(),
  }
}

/**
 * A port closes when the process at its other end has died. The shell says so too, since it watches the process
 * itself: whichever is first.
 */
async function handedWire(
  shell: NonNullable<Window['bancada']>,
  project: string | undefined,
): Promise<Wire> {
  const number = shell.connect(project)
  const wire = portWire(await handedPort(number))
  const id = await number
  const closing = new Set<() => void>()
  const over = () => {
    stop()
    for (const closed of closing) closed()
    closing.clear()
  }
  const stop = shell.onGone(gone => {
    if (gone !== id) return
    wire.close()
    over()
  })
  wire.onClose(over)
  return {
    ...wire,
    onClose: closed => void closing.add(closed),
    close: () => {
      stop()
      wire.close()
    },
  }
}

/** The port of a number: either may come first. */
function handedPort(number: Promise<number>): Promise<MessagePort> {
  const early = new Map<number, MessagePort>()
  return new Promise((resolve, reject) => {
    let wanted: number | undefined
    const heard = ({source, data, ports}: MessageEvent) => {
      const id = (data as {bancadaPort?: number} | null)?.bancadaPort
      if (source !== window || id === undefined || !ports[0]) return
      early.set(id, ports[0])
      settle()
    }
    const settle = () => {
      const port = wanted === undefined ? undefined : early.get(wanted)
      if (!port) return
      window.removeEventListener('message', heard)
      resolve(port)
    }
    window.addEventListener('message', heard)
    number.then(id => {
      wanted = id
      settle()
    }, reject)
  })
}
