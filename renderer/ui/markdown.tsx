// Markdown that anybody may have written: no HTML of its own, and what comes of it is cleaned once more.
import {memo, useEffect, useState} from 'react'

/** Loaded with the first text that is shown. */
let loading: Promise<(text: string) => string> | undefined
let render: ((text: string) => string) | undefined

const load = () => {
  loading ??= import('./markdown-html.ts').then(module => {
    render = module.markdownHtml
    return render
  })
  return loading
}

export const Markdown = memo(function Markdown({text}: {text: string}) {
  const [ready, setReady] = useState(render !== undefined)
  useEffect(() => {
    if (!ready) void load().then(() => setReady(true))
  }, [ready])
  if (!ready || !render) return <div style={{whiteSpace: 'pre-wrap'}}>{text}</div>
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by markdown-it without HTML, cleaned by DOMPurify
  return <div dangerouslySetInnerHTML={{__html: render(text)}} />
})
