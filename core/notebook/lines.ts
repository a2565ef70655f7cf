// Where lines begin in a text, and which line and column an offset is.
import type {Span} from '../schema/notebook.ts'

/** Line starts of one text. Lines end as CommonMark says: `\n`, `\r\n` or a lone `\r`. */
export class Lines {
  readonly text: string
  readonly starts: number[] = [0]

  constructor(text: string) {
    this.text = text
    for (const end of text.matchAll(/\r\n?|\n/g)) this.starts.push(end.index + end[0].length)
  }

  /** Where a line begins, counted from 0; the end of the text for any line past the last. */
  start(line: number): number {
    return this.starts[line] ?? this.text.length
  }

  /** Where a line ends, before its line end. */
  end(line: number): number {
    const end = this.start(line + 1)
    if (line + 1 >= this.starts.length) return end
    return this.text[end - 1] === '\n' && this.text[end - 2] === '\r' ? end - 2 : end - 1
  }

  /** The line, counted from 0, that an offset is on. */
  at(offset: number): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  span(start: number, end: number): Span {
    const line = this.at(start)
    return {start, end, line: line + 1, column: start - this.starts[line]! + 1}
  }
}

/** The line end that a text uses most; `\n` for a text of one line. */
export function lineEnd(text: string): string {
  const crlf = text.match(/\r\n/g)?.length ?? 0
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf
  const cr = (text.match(/\r/g)?.length ?? 0) - crlf
  if (crlf > lf && crlf >= cr) return '\r\n'
  return cr > lf ? '\r' : '\n'
}

/** `file:line:column` of a span, or of an offset `into` the text that begins at it. */
export function place(file: string, {line, column}: Span, text = '', into = 0): string {
  const lines = new Lines(text.slice(0, into))
  const below = lines.starts.length - 1
  return `${file}:${line + below}:${(below ? 1 : column) + into - lines.starts[below]!}`
}
