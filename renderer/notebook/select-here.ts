// Choosing a block where it stands: what was clicked is in view already, and must not move from under the pointer.
import {store} from '../state/store.ts'

let here = false

/** Chooses blocks without bringing them into view. */
export function selectHere(ids: string[]): void {
  here = true
  store.getState().select(ids)
  here = false
}

/** Hears of a block that was chosen elsewhere: on the canvas, in the palette, by a key. */
export const onSelectedElsewhere = (hear: (id: string) => void): (() => void) =>
  store.subscribe((state, old) => {
    const id = state.selection.at(-1)
    if (!here && id !== undefined && id !== old.selection.at(-1)) hear(id)
  })
