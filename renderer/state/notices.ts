// What is told in passing: something done, something that failed.
import {type Fault, toFault} from '../../core/error.ts'
import type {Key} from '../../core/words/translate.ts'
import type {SetState} from './store.ts'

export type Notice = {
  id: number
  fault?: Fault
  text?: string
  /** A text of the catalogue. Such a notice takes the place of an older one that says the same. */
  key?: Key
  /** What it tells of can be taken back, until something else is changed. */
  undo?: {document: string; revision: number}
}

export type NoticeSlice = {
  notices: Notice[]
  notify: (notice: Omit<Notice, 'id'>) => void
  /** Tells what was thrown; a stop that the user asked for is none. */
  fail: (thrown: unknown) => void
  dismiss: (id: number) => void
}

export const noticeSlice = (set: SetState): NoticeSlice => {
  let next = 1
  const notify = (notice: Omit<Notice, 'id'>) => {
    const one = {...notice, id: next++}
    const repeats = ({key}: Notice) => key !== undefined && key === one.key
    set(({notices}) => ({notices: [...notices.filter(old => !repeats(old)), one].slice(-4)}))
  }
  return {
    notices: [],
    notify,
    fail: thrown => {
      const fault = toFault(thrown)
      if (fault.code !== 'cancelled') notify({fault})
    },
    dismiss: id => set(({notices}) => ({notices: notices.filter(notice => notice.id !== id)})),
  }
}
