// What is being typed, until the document has it.
import {type ReactNode, useEffect, useRef, useState} from 'react'

/** Milliseconds without a key after which what is typed goes into the document. */
const pause = 400

/** Keeps what is being typed, and hands it on after a pause or when the field is left. */
export function Pending({
  value,
  onCommit,
  render,
}: {
  value: string
  onCommit: (text: string) => void
  render: (text: string, set: (text: string) => void, commit: () => void) => ReactNode
}) {
  const [typed, setTyped] = useState<string>()
  const timer = useRef<number>(undefined)
  const latest = useRef({typed, onCommit, value})
  latest.current = {typed, onCommit, value}
  const commit = () => {
    clearTimeout(timer.current)
    const {typed: text, onCommit: hand, value: old} = latest.current
    if (text !== undefined && text !== old) hand(text)
    if (text === old) setTyped(undefined)
  }
  // The document has it now, or says something else.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value ends the typing
  useEffect(() => setTyped(undefined), [value])
  // A field that goes away takes nothing with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at the end only
  useEffect(() => commit, [])
  return render(
    typed ?? value,
    text => {
      setTyped(text)
      clearTimeout(timer.current)
      timer.current = window.setTimeout(() => commit(), pause)
    },
    commit,
  )
}
