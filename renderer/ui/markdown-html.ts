import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'

const markdown = new MarkdownIt({html: false, linkify: false, typographer: false})

// A page elsewhere is never opened in this window, and a picture elsewhere is never fetched.
DOMPurify.addHook('afterSanitizeAttributes', node => {
  if (node.tagName === 'A') {
    node.setAttribute('target', '_blank')
    node.setAttribute('rel', 'noopener noreferrer')
  }
  if (node.tagName === 'IMG' && !/^data:image\//.test(node.getAttribute('src') ?? ''))
    node.removeAttribute('src')
})

/** Markdown as HTML that is safe to put into the page. */
export const markdownHtml = (text: string): string =>
  DOMPurify.sanitize(markdown.render(text), {
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'iframe'],
    FORBID_ATTR: ['style', 'id', 'class'],
  })
