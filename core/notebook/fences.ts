// The fenced code blocks of a Markdown text that stand in no list, quote, comment or other block.
import MarkdownIt from 'markdown-it'
import type {Span} from '../schema/notebook.ts'
import type {Lines} from './lines.ts'

export type Fence = {
  /** The marks that open it. */
  fence: string
  info: string
  closed: boolean
  span: Span
  infoSpan: Span
  bodySpan: Span
}

// Blocks only: what is inside a paragraph makes no cell, and reading it takes most of the time.
// Of the well-kept CommonMark parsers this one is linear in the length of a text: 5 MB take 0.4 s, where
// micromark takes over a minute for its block structure alone.
const markdown = new MarkdownIt('commonmark')
markdown.core.ruler.enableOnly(['normalize', 'block'])

/** The top-level fenced code of the lines from `first` to before `past` (counted from 0), as CommonMark 0.31 has it. */
export function fences(lines: Lines, first = 0, past = lines.starts.length): Fence[] {
  const text = lines.text.slice(lines.start(first), lines.start(past))
  // A byte order mark is no part of the first line. Only lines are taken from here, so none of them moves.
  const tokens = markdown.parse(text.replace(/^\ufeff/, ''), {})
  return tokens
    .filter(token => token.type === 'fence' && token.level === 0)
    .map(({map, markup, info}) => {
      const open = first + map![0]
      const below = first + map![1]
      const infoStart = lines.text.indexOf(markup, lines.start(open)) + markup.length
      const closed = below - open > 1 && closes(lines, below - 1, markup)
      const close = closed ? below - 1 : below
      return {
        fence: markup,
        info,
        closed,
        span: lines.span(lines.start(open), lines.end(below - 1)),
        infoSpan: lines.span(infoStart, lines.end(open)),
        bodySpan: lines.span(lines.start(open + 1), lines.start(close)),
      }
    })
}

function closes(lines: Lines, line: number, marks: string): boolean {
  const text = lines.text.slice(lines.start(line), lines.end(line))
  const found = /^ {0,3}(`+|~+)[ \t]*$/.exec(text)?.[1]
  return found !== undefined && found[0] === marks[0] && found.length >= marks.length
}
