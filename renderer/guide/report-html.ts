// A report as it is shown inside the window: cleaned once more, in a tree of its own with its own style.
import DOMPurify from 'dompurify'

/**
 * Puts a report into an element, under a shadow root, so that neither its style nor the window's touches the other.
 * A style sheet made by script needs no leave of the window's policy, and cannot load anything here.
 */
export function showReport(host: HTMLElement, html: string): void {
  const between = (tag: string) =>
    html.slice(html.indexOf('>', html.indexOf(`<${tag}`)) + 1, html.lastIndexOf(`</${tag}>`))
  const style = new CSSStyleSheet()
  style.replaceSync(between('style'))
  const root = host.shadowRoot ?? host.attachShadow({mode: 'open'})
  root.adoptedStyleSheets = [style]
  const clean = DOMPurify.sanitize(between('main'), {
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'iframe', 'script'],
    FORBID_ATTR: ['style', 'id'],
    RETURN_DOM_FRAGMENT: true,
  })
  for (const link of clean.querySelectorAll('a')) {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
  }
  const place = document.createElement('div')
  place.className = 'report'
  place.append(clean)
  root.replaceChildren(place)
}
