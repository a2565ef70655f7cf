// Long loops in JavaScript give way now and then, so that messages go out and a cancel comes in.

/** A function to await once a round: it lets other work run every 50 ms and throws when `signal` is aborted. */
export function pacer(signal: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now()
  return () => {
    signal.throwIfAborted()
    if (performance.now() - last < 50) return undefined
    last = performance.now()
    return new Promise(resolve => setImmediate(resolve))
  }
}
