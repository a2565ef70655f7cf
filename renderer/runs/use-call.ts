// An answer of the host, as a component needs it: there, on its way, or refused.
import {useCallback, useEffect, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'

export type Asked<T> = {
  /** The newest answer; stays while it is asked again. */
  value: T | undefined
  fault: Fault | undefined
  again: () => void
  set: (value: T) => void
}

/** `ask` must be memoised; another one is asked at once. */
export function useCall<T>(ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [value, set] = useState<T>()
  const [fault, setFault] = useState<Fault>()
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    const gone = new AbortController()
    ask(gone.signal).then(
      found => {
        if (gone.signal.aborted) return
        set(found)
        setFault(undefined)
      },
      error => {
        if (!gone.signal.aborted) setFault(toFault(error))
      },
    )
    return () => gone.abort()
  }, [ask, turn])
  const again = useCallback(() => setTurn(n => n + 1), [])
  return {value, fault, again, set}
}
