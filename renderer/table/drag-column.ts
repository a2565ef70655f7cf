// Dragging a heading to another place among the headings: for the mouse; keys and the column's menu do the same.
import type {PointerEvent} from 'react'

/** px that the pointer may tremble while it only clicks. */
const tremble = 6

const headingOf = (element: Element | null) =>
  element?.closest<HTMLElement>('[role=columnheader][data-index]') ?? undefined

/**
 * Follows a pointer that went down on a heading. Where it is let go on another heading of the same kind, pinned or not,
 * `drop` is told the place that the column takes, counted without it.
 */
export function dragHeading(event: PointerEvent<HTMLElement>, drop: (to: number) => void): void {
  const handle = event.currentTarget
  const own = headingOf(handle)
  if (event.button !== 0 || !own) return
  const start = event.clientX
  let dragged = false
  let over: HTMLElement | undefined

  const mark = (heading: HTMLElement | undefined, side: 'before' | 'after') => {
    if (over && over !== heading) delete over.dataset.drop
    over = heading
    if (heading) heading.dataset.drop = side
  }
  const move = ({clientX, clientY, pointerId}: globalThis.PointerEvent) => {
    if (!dragged && Math.abs(clientX - start) < tremble) return
    if (!dragged) handle.setPointerCapture(pointerId)
    dragged = true
    own.dataset.dragged = 'true'
    const found = headingOf(document.elementFromPoint(clientX, clientY))
    if (!found || found === own || found.dataset.pinned !== own.dataset.pinned)
      return mark(undefined, 'before')
    const {left, width} = found.getBoundingClientRect()
    mark(found, clientX < left + width / 2 ? 'before' : 'after')
  }
  const letGo = (event: globalThis.PointerEvent) => {
    handle.removeEventListener('pointermove', move)
    handle.removeEventListener('pointerup', letGo)
    handle.removeEventListener('pointercancel', letGo)
    delete own.dataset.dragged
    const target = over
    const side = over?.dataset.drop
    mark(undefined, 'before')
    if (!dragged) return
    // The click that follows would sort.
    const still = (click: Event) => click.stopPropagation()
    handle.addEventListener('click', still, {once: true})
    setTimeout(() => handle.removeEventListener('click', still))
    if (!target || event.type !== 'pointerup') return
    const [from, at] = [Number(own.dataset.index), Number(target.dataset.index)]
    const place = side === 'after' ? at + 1 : at
    drop(from < place ? place - 1 : place)
  }
  handle.addEventListener('pointermove', move)
  handle.addEventListener('pointerup', letGo)
  handle.addEventListener('pointercancel', letGo)
}
