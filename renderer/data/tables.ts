// The tables that the cells of the project's documents gave.
import {useEffect, useMemo, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import type {CellStatus} from '../../core/schema/result.ts'
import type {Table} from '../../core/schema/table.ts'
import {useStore} from '../state/store.ts'
import {tablesOf} from '../table/info.ts'
import {readStatuses} from '../table/statuses.ts'

export type DocumentTables = {
  document: string
  /** Not known yet while it is absent. */
  tables?: {name: string; table: Table}[]
  fault?: Fault
}

type Told = {cells?: CellStatus[]; fault?: Fault}

/** Of the open document as it changes, first; of the others as they stood when this was opened. */
export function useTables(): DocumentTables[] {
  const line = useStore(state => state.line)
  const documents = useStore(state => state.project?.documents)
  const open = useStore(state => state.doc?.path)
  const live = useStore(state => state.doc?.status)
  const [others, setOthers] = useState<Record<string, Told>>({})

  // biome-ignore lint/correctness/useExhaustiveDependencies: after a lost line, once more
  useEffect(() => {
    const stop = new AbortController()
    const {signal} = stop
    const read = async () => {
      // One after the other: what is asked for by hand should not have to wait for all of them.
      for (const document of documents ?? []) {
        if (signal.aborted) return
        const told = await readStatuses(document, signal).then(
          (cells): Told => ({cells}),
          (error): Told => ({fault: toFault(error)}),
        )
        if (!signal.aborted) setOthers(old => ({...old, [document]: told}))
      }
    }
    void read()
    return () => stop.abort()
  }, [documents, line])

  return useMemo(() => {
    const all = documents ?? []
    const ordered =
      open && all.includes(open) ? [open, ...all.filter(document => document !== open)] : all
    return ordered.map(document => {
      const told = others[document]
      const own = document === open && live ? Object.values(live) : []
      const cells = own.length > 0 ? own : told?.cells
      return {
        document,
        ...(cells && {tables: cells.flatMap(tablesOf)}),
        ...(told?.fault && {fault: told.fault}),
      }
    })
  }, [documents, others, open, live])
}
