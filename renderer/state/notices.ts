// What is told in passing: something done, something that failed.
import {type Fault, toFault} from '../../core/error.ts'
import type {SetState} from './store.ts'

export type Notice = {id: number; fault?: Fault; text?: string; undo?: boolean}

export type NoticeSlice = {
  notices: Notice[]
  /** Everything that was told, newest first, for whoever missed it. */
  told: Notice[]
  notify: (notice: Omit<Notice, 'id'>) => void
  /** Tells what was thrown; a stop that the user asked for is none. */
  fail: (thrown: unknown) => void
  dismiss: (id: number) => void
}

const mostTold = 100

export const noticeSlice = (set: SetState): NoticeSlice => {
  let next = 1
  const notify = (notice: Omit<Notice, 'id'>) => {
    const one = {...notice, id: next++}
    set(({notices, told}) => ({
      notices: [...notices, one].slice(-4),
      told: [one, ...told].slice(0, mostTold),
    }))
  }
  return {
    notices: [],
    told: [],
    notify,
    fail: thrown => {
      const fault = toFault(thrown)
      if (fault.code !== 'cancelled') notify({fault})
    },
    dismiss: id => set(({notices}) => ({notices: notices.filter(notice => notice.id !== id)})),
  }
}
