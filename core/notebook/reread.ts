// The fences of a text that differs in one place from one that was read before: only that place is read again.
import {type Fence, fences} from './fences.ts'
import type {Lines} from './lines.ts'

/** A text that was read: where its front matter ends, and its fences. */
export type Read = {text: string; start: number; fences: Fence[]}

/**
 * The same as `fences(lines, first)`. Markdown's blocks are read line by line, and below a closed fence that
 * stands in no other block nothing of what came above matters. So what was read holds up to the last such
 * fence above the change, and again below the first one that comes out the same under it.
 */
export function reread(lines: Lines, first: number, before: Read): Fence[] {
  const {text: old} = before
  const {text} = lines
  const start = lines.start(first)
  const prefix = start === before.start ? commonStart(old, text) : 0
  const suffix = commonEnd(old, text, Math.min(old.length, text.length) - prefix)
  const sameAbove = ({closed, span}: Fence) => closed && span.end < prefix
  const count = before.fences.findIndex(fence => !sameAbove(fence))
  const above = count < 0 ? before.fences : before.fences.slice(0, count)
  const from = above.length > 0 ? lines.at(above.at(-1)!.span.end) + 1 : first
  const sameBelow = ({closed, span}: Fence) => closed && span.start > old.length - suffix
  const next = before.fences.findIndex((fence, i) => i >= above.length && sameBelow(fence))
  if (next < 0) return [...above, ...fences(lines, from)]
  const shift = text.length - old.length
  const {span} = before.fences[next]!
  const past = lines.at(span.end + shift) + 1
  const between = fences(lines, from, past)
  const last = between.at(-1)
  const meets =
    last?.closed && last.span.start === span.start + shift && last.span.end === span.end + shift
  if (!meets) return [...above, ...fences(lines, from)]
  const below = before.fences.slice(next + 1)
  const down = last.span.line - span.line
  return [...above, ...between, ...below.map(fence => moved(fence, shift, down))]
}

function moved(fence: Fence, by: number, down: number): Fence {
  const move = ({start, end, line, column}: Fence['span']) => ({
    start: start + by,
    end: end + by,
    line: line + down,
    column,
  })
  const {span, infoSpan, bodySpan} = fence
  return {...fence, span: move(span), infoSpan: move(infoSpan), bodySpan: move(bodySpan)}
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let n = 0
  while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) n++
  return n
}

function commonEnd(a: string, b: string, most: number): number {
  let n = 0
  while (n < most && a.charCodeAt(a.length - 1 - n) === b.charCodeAt(b.length - 1 - n)) n++
  return n
}
