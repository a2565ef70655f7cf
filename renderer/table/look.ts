// How each table was last looked at, kept while the window is open so that coming back finds it as it was.
import {useCallback, useState} from 'react'
import {type Look, plainLook} from './columns.ts'

const kept = new Map<string, Look>()
const most = 100

export function useLook(name: string): {look: Look; change: (some: Partial<Look>) => void} {
  const [look, setLook] = useState<Look>(() => kept.get(name) ?? plainLook)
  const change = useCallback(
    (some: Partial<Look>) =>
      setLook(old => {
        const next = {...old, ...some}
        kept.delete(name)
        kept.set(name, next)
        const oldest = kept.keys().next().value
        if (kept.size > most && oldest !== undefined) kept.delete(oldest)
        return next
      }),
    [name],
  )
  return {look, change}
}
