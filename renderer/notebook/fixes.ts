// What a fault's hint proposes, as one click: the nearest name in place of the one that is not there.
import type {Fault} from '../../core/error.ts'
import type {CellBlock} from '../../core/schema/live.ts'
import {store} from '../state/store.ts'

export type Fix = {title: string; apply: () => Promise<unknown>}

/** `did you mean "age"?` beside `no column named "agee"`: a way to put the one for the other. */
export function suggestionOf(cell: CellBlock, {message, hint}: Fault): Fix | undefined {
  const meant = /did you mean "([^"]+)"/.exec(hint ?? '')?.[1]
  const wrong = /"([^"]+)"/.exec(message)?.[1]
  if (meant === undefined || wrong === undefined) return undefined
  const {edit} = store.getState()
  const title = `${wrong} → ${meant}`
  if (cell.from.includes(wrong))
    return {
      title,
      apply: () =>
        edit({
          do: 'from',
          cell: cell.id,
          from: cell.from.map(name => (name === wrong ? meant : name)),
        }),
    }
  if (cell.kind === wrong)
    return {title, apply: () => edit({do: 'kind', cell: cell.id, kind: meant})}
  const whole = new RegExp(`(?<![\\w-])${escaped(wrong)}(?![\\w-])`, 'g')
  if (!whole.test(cell.body)) return undefined
  return {
    title,
    apply: () => edit({do: 'body', cell: cell.id, body: cell.body.replace(whole, () => meant)}),
  }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
