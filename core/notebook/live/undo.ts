// What was done to a document, so that it can be taken back and done again.
import type {Edit, EditKind} from '../../schema/live.ts'

type Step = {
  kind: EditKind
  /** The texts before and after. */
  before: string
  after: string
  /** Steps of one key that follow each other soon are one: the keys of a word, the moves of a slider. */
  key?: string
  at: number
}

/** How long a pause ends a step, in milliseconds. */
const pause = 1500
const most = 500
/** How many characters of texts are kept: of a document of 5 MB, some twenty steps. */
const mostText = 1e8

export class Undo {
  #done: Step[] = []
  #undone: Step[] = []

  get undo(): EditKind | undefined {
    return this.#done.at(-1)?.kind
  }

  get redo(): EditKind | undefined {
    return this.#undone.at(-1)?.kind
  }

  add(step: Step) {
    this.#undone = []
    const last = this.#done.at(-1)
    if (last?.key !== undefined && last.key === step.key && step.at - last.at < pause) {
      last.after = step.after
      last.at = step.at
      return
    }
    this.#done.push(step)
    let length = 0
    const kept = this.#done.toReversed().findIndex(({before}) => {
      length += before.length
      return length > mostText
    })
    // The last step can always be taken back, however long the text.
    const keep = kept < 0 ? most : Math.min(most, Math.max(1, kept))
    this.#done.splice(0, this.#done.length - keep)
  }

  /** The text that a step back or forth leads to. */
  peek(to: 'undo' | 'redo'): string | undefined {
    return to === 'undo' ? this.#done.at(-1)?.before : this.#undone.at(-1)?.after
  }

  /** Takes the step, once its text is in place. */
  go(to: 'undo' | 'redo'): void {
    const [from, onto] = to === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done]
    const step = from.pop()
    // What is typed after it is a step of its own.
    if (step) onto.push({...step, key: undefined})
  }
}

/** The key of an edit that is one of many small ones. */
export function keyOf(edit: Edit): string | undefined {
  if (edit.do === 'body') return `body ${edit.cell}`
  if (edit.do === 'text') return `text ${edit.id}`
  if (edit.do === 'param') return `param ${edit.cell} ${edit.path.join('.')}`
  return undefined
}
