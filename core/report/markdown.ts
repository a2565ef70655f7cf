// Texts of a document or a card. Markdown without HTML of its own gives nothing but what markdown-it writes itself; pictures
// from elsewhere become their words, so that the report asks for nothing.
import MarkdownIt from 'markdown-it'
import {type Html, trusted} from './html.ts'

type Place = {
  /** By how many levels its headings stand lower. */
  below: number
}

const markdown = new MarkdownIt({html: false, linkify: false, typographer: false})

markdown.core.ruler.push('below', ({tokens, env}) => {
  for (const token of tokens)
    if (/^heading_/.test(token.type)) {
      const level = Number(token.tag.slice(1))
      token.tag = `h${Math.min(6, level + (env as Place).below)}`
    }
})

const image = markdown.renderer.rules.image!
markdown.renderer.rules.image = (tokens, at, options, env, self) => {
  const token = tokens[at]!
  if (/^data:image\/(png|jpeg|gif|webp);/.test(String(token.attrGet('src') ?? '')))
    return image(tokens, at, options, env, self)
  return markdown.utils.escapeHtml(self.renderInlineAsText(token.children ?? [], options, env))
}

markdown.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  tokens[at]!.attrSet('rel', 'noopener noreferrer')
  return self.renderToken(tokens, at, options)
}

/** The headings of a document stand below those of the report it is part of. */
export const markdownHtml = (text: string, {below}: Place = {below: 2}): Html =>
  trusted(markdown.render(text, {below}))
