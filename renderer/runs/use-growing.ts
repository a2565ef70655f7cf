// What of a run grows while it trains: only what is new is asked for.
import {useEffect, useRef, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'

/** `ask` must be memoised; it is given how many there are, and gives those after them. */
export function useGrowing<T>(
  ask: (from: number, signal: AbortSignal) => Promise<readonly T[]>,
  running: boolean,
): {all: readonly T[]; fault: Fault | undefined; asked: boolean} {
  const [all, setAll] = useState<readonly T[]>([])
  const [fault, setFault] = useState<Fault>()
  const [asked, setAsked] = useState(false)
  const have = useRef<readonly T[]>([])
  useEffect(() => {
    const gone = new AbortController()
    let timer: number | undefined
    const more = async () => {
      try {
        const found = await ask(have.current.length, gone.signal)
        if (gone.signal.aborted) return
        if (found.length > 0) {
          have.current = [...have.current, ...found]
          setAll(have.current)
        }
        setFault(undefined)
        setAsked(true)
      } catch (error) {
        if (!gone.signal.aborted) setFault(toFault(error))
      }
      // When it has ended this effect runs once more, and the last ones come.
      if (running && !gone.signal.aborted) timer = window.setTimeout(more, 700)
    }
    void more()
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [ask, running])
  return {all, fault, asked}
}
