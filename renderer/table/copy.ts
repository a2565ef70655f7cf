// What is chosen in a grid, to the clipboard, as spreadsheets take it.
import {useRef, useState} from 'react'
import {AppError} from '../../core/error.ts'
import {verbatim} from '../../core/words/says.ts'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import {toTsv} from './cell-text.ts'
import type {Layout} from './columns.ts'
import type {Rows} from './rows.ts'
import {boxOf, type Selection} from './selection.ts'

/** More values than this belong in a file. */
const mostValues = 2_000_000
const mostRows = 10_000

export function useCopy(rows: Rows | undefined, layout: Layout) {
  const t = useT()
  const notify = useStore(state => state.notify)
  const fail = useStore(state => state.fail)
  const [running, setRunning] = useState<{done: number}>()
  const stopper = useRef<AbortController>(undefined)

  async function copy(selection: Selection) {
    if (!rows) return
    const {top, bottom, left, right} = boxOf(selection)
    const columns = layout.all.slice(left, right + 1).map(p => p.column.name)
    // A chosen heading copies its name.
    if (selection.cursor.row < 0) return write(columns.join('\t'), 1)
    const count = bottom - top + 1
    if (count * columns.length > mostValues)
      return fail(
        new AppError('refused', verbatim(t('table.copy.tooMany', {n: count * columns.length})), {
          hint: verbatim(t('table.copy.tooManyHint')),
        }),
      )
    const stop = new AbortController()
    stopper.current = stop
    const read = (row: number) => columns.map(name => rows.at(row, name))
    try {
      const values: unknown[][] = []
      for (let row = top; row <= bottom; ) {
        const here = read(row)
        if (here.every(value => value !== undefined)) {
          values.push(here)
          row++
          continue
        }
        setRunning({done: values.length})
        const most = Math.min(mostRows, bottom - row + 1)
        const came = await rows.read(row, most, columns, stop.signal)
        if (came.length === 0) break
        for (const one of came) values.push(columns.map(name => one[name]))
        row += came.length
      }
      await write(toTsv(values), values.length)
    } catch (error) {
      fail(error)
    } finally {
      setRunning(undefined)
    }
  }

  async function write(text: string, count: number) {
    try {
      await navigator.clipboard.writeText(text)
      notify({text: t('table.copy.done', {n: count})})
    } catch {
      fail(
        new AppError('refused', verbatim(t('table.copy.refused')), {
          hint: verbatim(t('table.copy.refusedHint')),
        }),
      )
    }
  }

  return {copy, running, stop: () => stopper.current?.abort()}
}
