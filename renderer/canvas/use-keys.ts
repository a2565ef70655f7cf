// The keyboard on the canvas: along the edges, moving cells, choosing, the clipboard.
import {type KeyboardEvent, type RefObject, useCallback, useEffect, useRef} from 'react'
import {store, useStore} from '../state/store.ts'
import type {Command} from '../ui/commands.ts'
import {fits, isEditing} from '../ui/keyboard.ts'
import type {Actions} from './actions.ts'
import type {Graph} from './graph.ts'
import type {Places} from './places.ts'
import type {Moved} from './use-nodes.ts'
import {walk} from './walk.ts'

/** Pixels that one press moves a cell. */
const stride = 16
/** Milliseconds after the last press until the places are saved, so that many presses are one change. */
const pause = 400
const ways: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-stride, 0],
  ArrowRight: [stride, 0],
  ArrowUp: [0, -stride],
  ArrowDown: [0, stride],
}

export function useKeys({
  graph,
  places,
  actions,
  commands,
  current,
  ground,
  show,
  setMoved,
  save,
}: {
  graph: Graph
  places: Places
  actions: Actions
  commands: readonly Command[]
  current: string | undefined
  ground: RefObject<HTMLDivElement | null>
  show: (ids: string[]) => void
  setMoved: (change: (before: Moved) => Moved) => void
  save: (places: Moved) => Promise<void>
}) {
  useClipboard(actions, ground)
  const pending = useRef<{places: Moved; timer: number}>(undefined)

  const nudge = useCallback(
    ([dx, dy]: [number, number]) => {
      const {selection, doc} = store.getState()
      if (doc?.readOnly) return
      const chosen = selection.filter(id => graph.cells.get(id)?.name === id)
      const moves: Moved = {...pending.current?.places}
      for (const id of chosen.length > 0 ? chosen : current ? [current] : []) {
        const at = places.get(id)
        if (at) moves[id] = {x: at.x + dx, y: at.y + dy}
      }
      setMoved(before => ({...before, ...moves}))
      clearTimeout(pending.current?.timer)
      const timer = window.setTimeout(() => {
        pending.current = undefined
        void save(moves)
      }, pause)
      pending.current = {places: moves, timer}
    },
    [graph, places, current, setMoved, save],
  )

  return (event: KeyboardEvent) => {
    if (event.defaultPrevented || isEditing(event.target)) return
    const {key, altKey, ctrlKey, metaKey} = event
    const node = (event.target as Element).closest('.react-flow__node')?.getAttribute('data-id')
    const {select, selection} = store.getState()
    const plain = !altKey && !ctrlKey && !metaKey
    const way = ways[key]
    const next = plain && current !== undefined ? walk(graph, places, current, key) : undefined
    const command = commands.find(
      ({id, keys, disabled}) =>
        !disabled &&
        // On many keyboards `+` is `=` with Shift.
        ((plain && key === '+' && id === 'canvas-zoom-in') ||
          keys?.split(' ').some(combination => fits(combination, event.nativeEvent))),
    )
    if (altKey && way) nudge(way)
    else if (next !== undefined) {
      select(event.shiftKey ? [...selection.filter(id => id !== next), next] : [next])
      show([next])
    } else if (plain && way) {
      // The end of the way; the page must not scroll for it.
    } else if (plain && key === 'Enter' && node) {
      select([node])
      commands.find(({id}) => id === 'canvas-open')?.run()
    } else if (plain && key === ' ' && node) {
      select(selection.includes(node) ? selection.filter(id => id !== node) : [...selection, node])
    } else if (key === 'Escape' && selection.length > 0) select([])
    else if (command) command.run()
    else return
    event.preventDefault()
  }
}

/** Copy and paste by the browser's own events, which need no leave to read the clipboard. */
function useClipboard(actions: Actions, ground: RefObject<HTMLDivElement | null>) {
  const beside = useStore(({route}) => route.at === 'project' && route.view === 'split')
  useEffect(() => {
    const mine = () => {
      const at = document.activeElement
      if (isEditing(at)) return false
      return ground.current?.contains(at) || (!beside && (at === null || at === document.body))
    }
    const copied = (event: ClipboardEvent) => {
      if (!mine() || !event.clipboardData || document.getSelection()?.isCollapsed === false) return
      if (actions.copy(event.clipboardData)) event.preventDefault()
    }
    const pasted = (event: ClipboardEvent) => {
      if (!mine() || !event.clipboardData || store.getState().doc?.readOnly) return
      event.preventDefault()
      void actions.paste(event.clipboardData)
    }
    window.addEventListener('copy', copied)
    window.addEventListener('paste', pasted)
    return () => {
      window.removeEventListener('copy', copied)
      window.removeEventListener('paste', pasted)
    }
  }, [actions, ground, beside])
}
