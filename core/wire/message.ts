// All that travels between a client and a host.
import {AppError, type Fault} from '../error.ts'
import {says} from '../words/says.ts'

/**
 * `id` ties the answers to the call; it is the client's to choose. Values are what JSON can say, and
 * Uint8Array anywhere among them; NaN and infinities arrive as they are.
 */
export type Message =
  | {id: number; call: string; input: unknown}
  | {id: number; cancel: true}
  | {id: number; event: unknown}
  | {id: number; output: unknown}
  | {id: number; fault: Fault}

/** Something that carries messages both ways, in order. */
export type Wire = {
  /** Throws `bad-request` for a message that is too large or holds what cannot be sent. */
  send: (message: Message) => void
  /** Called for every message that arrives. */
  onMessage: (receive: (message: Message) => void) => void
  onClose: (closed: () => void) => void
  close: () => void
}

/** A parsed value as a message. Throws `bad-request` when it is none. */
export function checked(value: unknown): Message {
  if (typeof value === 'object' && value !== null) {
    const {id, call, cancel, fault} = value as Record<string, unknown>
    const known =
      'call' in value
        ? typeof call === 'string'
        : 'cancel' in value
          ? cancel === true
          : 'fault' in value
            ? typeof fault === 'object' && fault !== null
            : 'event' in value || 'output' in value
    if (Number.isSafeInteger(id) && known) return value as Message
  }
  throw new AppError('bad-request', says`what arrived is not a message`)
}
