// The YAML between two `---` lines at the very top of a document.
import {documentVersion, type Problem, type Span} from '../schema/notebook.ts'
import type {Lines} from './lines.ts'
import {isMap, readYaml} from './yaml.ts'

export type FrontMatter = {
  values: Record<string, unknown>
  /** The YAML itself; absent where there is none. */
  span?: Span
  /** The first line after it, counted from 0. */
  next: number
  problems: Problem[]
  readOnly?: 'too-new'
}

const mark = /^---[ \t]*$/

/** Reads the front matter. A first `---` that no other follows is a line across the page, not a mark. */
export function frontMatter(lines: Lines, file: string): FrontMatter {
  const none = {values: {}, next: 0, problems: []}
  const text = (line: number) => lines.text.slice(lines.start(line), lines.end(line))
  if (!mark.test(text(0).replace(/^\ufeff/, ''))) return none
  let close = 1
  while (close < lines.starts.length && !mark.test(text(close))) close++
  if (close === lines.starts.length) return none
  const span = lines.span(lines.start(1), lines.start(close))
  const yaml = readYaml(lines.text.slice(span.start, span.end), file, span)
  const problems: Problem[] = yaml.faults.map(fault => ({...fault, code: 'bad-document'}))
  const values = yaml.value ?? {}
  // Two lines across the page with a paragraph between them.
  if (!isMap(values)) return none
  const {bancada: version = documentVersion} = values
  const where = `${file}:${span.line}:1`
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    problems.push({
      code: 'bad-document',
      message: `"bancada" in the front matter is the version of the document, not ${JSON.stringify(version)}`,
      hint: `write bancada: ${documentVersion}`,
      where,
    })
  else if (version > documentVersion) {
    problems.push({
      code: 'too-new',
      message: `the document was written by a newer Bancada (version ${version}; this one knows ${documentVersion})`,
      hint: 'update Bancada to edit or run it',
      where,
    })
    return {values, span, next: close + 1, problems, readOnly: 'too-new'}
  }
  return {values, span, next: close + 1, problems}
}
