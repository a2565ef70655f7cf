// How the cells of documents stand: of the open one as it changes, of others as they were last read.
import {useEffect, useMemo, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import type {CellStatus} from '../../core/schema/result.ts'
import {store, useStore} from '../state/store.ts'

/** What was read, by project and document: shown at once while it is read again. */
const known = new Map<string, CellStatus[]>()

const keyOf = (document: string) => `${store.getState().project?.folder}\0${document}`

/** Reads how the cells of a document stand. */
export async function readStatuses(document: string, signal: AbortSignal): Promise<CellStatus[]> {
  const {cells} = await store.getState().call('notebook.status', {document}, {signal})
  known.set(keyOf(document), cells)
  return cells
}

export type CellNow = {status?: CellStatus | undefined; loading: boolean; fault?: Fault | undefined}

/** Follows one cell. */
export function useCellNow(document: string, cell: string): CellNow {
  const open = useStore(state => state.doc?.path === document)
  const live = useStore(state => (open ? state.doc?.status[cell] : undefined))
  const waiting = useStore(state => open && Object.keys(state.doc!.status).length === 0)
  const line = useStore(state => state.line)
  const [read, setRead] = useState<{of: string; cells?: CellStatus[]; fault?: Fault}>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: after a lost line, once more
  useEffect(() => {
    if (open) return
    const stop = new AbortController()
    readStatuses(document, stop.signal).then(
      cells => setRead({of: document, cells}),
      error => {
        if (!stop.signal.aborted) setRead({of: document, fault: toFault(error)})
      },
    )
    return () => stop.abort()
  }, [open, document, line])

  return useMemo(() => {
    if (open && !waiting) return {status: live, loading: false}
    const told = read?.of === document ? read : undefined
    if (told?.fault && !open) return {loading: false, fault: told.fault}
    const cells = told?.cells ?? known.get(keyOf(document))
    return {status: cells?.find(c => c.cell === cell), loading: cells === undefined}
  }, [open, waiting, live, read, document, cell])
}
