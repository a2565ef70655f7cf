// A version's card as one HTML file, to be read where nothing shows Markdown.
import {markdownHtml} from '../report/markdown.ts'
import {sheet} from '../report/sheet.ts'
import type {Language} from '../schema/settings.ts'

/** `markdown` is the card's; its headings stand as they are. */
export const cardPage = (
  markdown: string,
  {title, language}: {title: string; language: Language},
) => sheet(markdownHtml(markdown, {below: 0}), {title, language})
