// The rows of the list as they are needed: pages from the host, of which the newest question counts.
import {useCallback, useEffect, useRef, useState} from 'react'
import type {InputOf} from '../../core/contract.ts'
import {type Fault, toFault} from '../../core/error.ts'
import type {RunNames, RunProblem, RunRow} from '../../core/schema/history.ts'
import {store} from '../state/store.ts'

export const pageSize = 100

/** What is asked for: filter, order, archived ones. */
export type RunQuery = Pick<InputOf<'runs.list'>, 'filter' | 'sort' | 'archived'>

type Found = {
  /** The question that these rows answer. */
  key: string
  total: number
  names: RunNames
  problems: RunProblem[]
  pages: Record<number, RunRow[]>
}

export type RunPages = {
  found: Found | undefined
  /** Why the present question has no answer; the rows of the one before stay. */
  fault: Fault | undefined
  loading: boolean
  rowAt: (index: number) => RunRow | undefined
  /** Brings the pages of some rows. */
  need: (from: number, to: number) => void
  /** Asks again for what is shown. */
  refresh: () => void
  /** Puts a changed row in place at once. */
  replace: (row: RunRow) => void
}

export function useRunPages(query: RunQuery): RunPages {
  const [found, setFound] = useState<Found>()
  const [fault, setFault] = useState<Fault>()
  const [loading, setLoading] = useState(true)
  const asked = useRef(new Set<number>())
  const visible = useRef<[number, number]>([0, 0])
  const key = JSON.stringify(query)
  const current = useRef(key)
  current.current = key

  const bring = useCallback(
    async (page: number, fresh: boolean) => {
      const question = JSON.parse(key) as RunQuery
      const {call} = store.getState()
      try {
        const {rows, total, names, problems} = await call('runs.list', {
          ...question,
          limit: pageSize,
          offset: page * pageSize,
        })
        if (current.current !== key) return
        setFault(undefined)
        setFound(old => ({
          key,
          total,
          names,
          problems,
          pages: fresh || old?.key !== key ? {[page]: rows} : {...old.pages, [page]: rows},
        }))
      } catch (error) {
        if (current.current === key) setFault(toFault(error))
      } finally {
        asked.current.delete(page)
        if (current.current === key) setLoading(asked.current.size > 0)
      }
    },
    [key],
  )

  useEffect(() => {
    asked.current = new Set([0])
    setLoading(true)
    void bring(0, true)
  }, [bring])

  const need = useCallback(
    (from: number, to: number) => {
      visible.current = [from, to]
      if (found?.key !== current.current) return
      const last = Math.floor(Math.min(to, found.total - 1) / pageSize)
      for (let page = Math.floor(from / pageSize); page <= last; page++) {
        if (found.pages[page] || asked.current.has(page)) continue
        asked.current.add(page)
        void bring(page, false)
      }
    },
    [found, bring],
  )

  const refresh = useCallback(() => {
    const [from, to] = visible.current
    const first = Math.floor(from / pageSize)
    void bring(first, true).then(() => {
      const last = Math.floor(to / pageSize)
      if (last > first) void bring(last, false)
    })
  }, [bring])

  const replace = useCallback(
    (row: RunRow) =>
      setFound(
        old =>
          old && {
            ...old,
            pages: Object.fromEntries(
              Object.entries(old.pages).map(([page, rows]) => [
                page,
                rows.map(one => (one.id === row.id ? row : one)),
              ]),
            ),
          },
      ),
    [],
  )

  const rowAt = (index: number) => found?.pages[Math.floor(index / pageSize)]?.[index % pageSize]
  return {found, fault, loading, rowAt, need, refresh, replace}
}
