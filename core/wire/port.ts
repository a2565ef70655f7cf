// A MessagePort as a wire: between the window and its host no network port is opened.
import {pack, unpack} from './frame.ts'
import type {Wire} from './message.ts'

type Listen = (kind: string, listener: (event: {data?: unknown}) => void) => void

/** A MessagePort of a browser or of Node, or Electron's MessagePortMain, which listens with `on`. */
export type Port = {
  postMessage: (data: unknown) => void
  start: () => void
  close: () => void
  addEventListener?: Listen
  on?: Listen
}

/**
 * Messages go as `[text, ...blocks]`, which the port copies. Blocks are not transferred: that would take them
 * from a sender who may keep them, and Electron's ports transfer nothing but ports. What is not a message
 * closes the port.
 */
export function portWire(port: Port): Wire {
  const listen: Listen = (kind, listener) =>
    port.addEventListener ? port.addEventListener(kind, listener) : port.on?.(kind, listener)
  return {
    send: message => {
      const {text, blocks} = pack(message)
      // A port copies the whole buffer behind a view, however small the view.
      const own = blocks.map(b => (b.byteLength === b.buffer.byteLength ? b : new Uint8Array(b)))
      port.postMessage([text, ...own])
    },
    onMessage: receive => {
      listen('message', ({data}) => {
        const message = read(data)
        if (message) receive(message)
        else port.close()
      })
      port.start()
    },
    onClose: closed => listen('close', () => closed()),
    close: () => port.close(),
  }
}

function read(data: unknown) {
  if (!Array.isArray(data) || typeof data[0] !== 'string') return undefined
  const [text, ...blocks] = data
  if (!blocks.every(block => block instanceof Uint8Array)) return undefined
  try {
    return unpack({text, blocks})
  } catch {
    return undefined
  }
}
