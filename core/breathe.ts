// Lets a long computation be stopped: the event loop turns now and then.
import {setImmediate} from 'node:timers/promises'

/** Gives a function to await often; it turns the event loop about every 40 ms, and throws once stopped. */
export function breathe(signal: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    if (performance.now() - last < 40) return undefined
    return setImmediate().then(() => {
      signal.throwIfAborted()
      last = performance.now()
    })
  }
}
