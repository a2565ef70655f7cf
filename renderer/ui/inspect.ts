// Asking for the inspector: whoever shows it listens, whoever has a cell asks.
import {useEffect} from 'react'

const asked = new EventTarget()

/** Asks that the inspector comes up with a cell and takes the focus. The cell must be selected. */
export function askInspector(cell: string): void {
  asked.dispatchEvent(new CustomEvent('ask', {detail: cell}))
}

/** Hears what is asked for. `hear` must be memoised. */
export function useInspectorAsked(hear: (cell: string) => void): void {
  useEffect(() => {
    const heard = (event: Event) => hear((event as CustomEvent<string>).detail)
    asked.addEventListener('ask', heard)
    return () => asked.removeEventListener('ask', heard)
  }, [hear])
}
