// Two ends of a wire in one process.
import {fromFrame, toFrame} from './frame.ts'
import type {Message, Wire} from './message.ts'

/** Messages pass through frames, so that it behaves like a network: copies, and nothing that JSON cannot say. */
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
      const copy = fromFrame(toFrame(message))
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
