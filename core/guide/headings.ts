// The headings of a guided document, in both languages.
import type {ItemId} from './checklist.ts'

export const headingOf: Record<ItemId, RegExp> = {
  problem: /^(the problem|o problema)/i,
  cleaning: /^(cleaning|limpeza)/i,
  features: /^(features|atributos)/i,
  training: /^(training|treinamento)/i,
  evaluation: /^(evaluation|avaliação)/i,
  deployment: /^(simulated deployment|implantação)/i,
  reflection: /^(reflection|reflexão)/i,
}

/** A line of Markdown; `level` and `title` where it is a heading outside of code. */
export type Line = {line: string; level?: number; title?: string}

export function readLines(text: string): Line[] {
  let fenced = false
  return text.split('\n').map(line => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced
    const [, marks, title] = (!fenced && /^(#{1,6})\s+(.*)$/.exec(line)) || []
    return marks === undefined ? {line} : {line, level: marks.length, title}
  })
}
