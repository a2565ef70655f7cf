// The window's end of the wire: a port that the desktop shell hands over, or a WebSocket to this page's own server.
import {fromFrame, toFrame} from '../../core/wire/frame.ts'
import type {Wire} from '../../core/wire/message.ts'
import {portWire} from '../../core/wire/port.ts'

declare global {
  interface Window {
    /** Put there by the desktop shell. */
    bancada?: {
      /** Asks for a port to a project's host, or without a project to the home screen's. */
      connect: (project?: string) => Promise<MessagePort>
      /** Paths of files that were dropped, which a page cannot know by itself. */
      pathOf: (file: File) => string
      platform: string
    }
  }
}

/** Opens a wire; rejects when the other end cannot be reached. */
export async function openWire(project?: string): Promise<Wire> {
  if (window.bancada) return portWire(await window.bancada.connect(project))
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
