// What is near the screen, so that a long document draws only that.
import {type RefObject, useEffect, useState} from 'react'

/** How far beyond the edges a block is drawn already, in pixels. */
const ahead = 1500

const watching = new WeakMap<Element, IntersectionObserver>()
const heard = new WeakMap<Element, () => void>()

/** One observer for each scrolling element. */
function observerOf(root: Element): IntersectionObserver {
  const known = watching.get(root)
  if (known) return known
  const observer = new IntersectionObserver(
    entries => {
      for (const {isIntersecting, target} of entries) if (isIntersecting) heard.get(target)?.()
    },
    {root, rootMargin: `${ahead}px 0px`},
  )
  watching.set(root, observer)
  return observer
}

/** Whether an element has come near the screen yet; once it has, it stays so. `now` skips the waiting. */
export function useNear(element: RefObject<HTMLElement | null>, now: boolean): boolean {
  const [near, setNear] = useState(now)
  useEffect(() => {
    const watched = element.current
    const root = watched?.parentElement
    if (near || now || !watched || !root) return
    const observer = observerOf(root)
    heard.set(watched, () => setNear(true))
    observer.observe(watched)
    return () => observer.unobserve(watched)
  }, [element, near, now])
  return near || now
}
