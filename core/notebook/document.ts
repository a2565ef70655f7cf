// A notebook read from Markdown: its cells, the text between them, and everything that is wrong with it.
import {didYouMean, type Fault, faultOf} from '../error.ts'
import {
  type Cell,
  type Language,
  languages,
  type Notebook,
  type Problem,
  type Span,
  type TextCell,
} from '../schema/notebook.ts'
import {type Phrase, says} from '../words/says.ts'
import {type Fence, fences} from './fences.ts'
import {frontMatter} from './front-matter.ts'
import {type Attribute, parseInfo} from './info.ts'
import {Lines, place} from './lines.ts'
import {nameFault, nameKey} from './names.ts'
import {type Read, reread} from './reread.ts'

/** A notebook with what is wrong with it; problems on a cell name it. */
export type Parsed = {notebook: Notebook; problems: Problem[]}

/** The last text of some documents: the next one most often is the same, or differs in one place. */
const recent = new Map<string, {parsed: Parsed; read: Read}>()
const mostRecent = 4

/**
 * Reads a document. A cell is top-level fenced code whose info string has `cell=`; fences in lists, quotes
 * and comments are text. It never throws: what cannot be understood is kept as text and told as a problem.
 * What it gives is shared with who reads the same text again, so nobody may change it.
 */
export function parseNotebook(source: string, file = 'notebook.md'): Parsed {
  const before = recent.get(file)
  if (before?.read.text === source) return before.parsed
  const {parsed, read} = readNotebook(source, file, before?.read)
  recent.delete(file)
  recent.set(file, {parsed, read})
  if (recent.size > mostRecent) recent.delete(recent.keys().next().value!)
  return parsed
}

/** The same, by what another text of it gave. */
export function readNotebook(source: string, file: string, before?: Read) {
  const lines = new Lines(source)
  const front = frontMatter(lines, file)
  const problems = [...front.problems]
  const cells: Cell[] = []
  const found = before ? reread(lines, front.next, before) : fences(lines, front.next)
  for (const fence of found) {
    const cell = readCell(fence, source, file, problems)
    if (cell) cells.push(cell)
  }
  problems.push(...duplicates(cells, file))
  const notebook: Notebook = {
    file,
    source,
    frontMatter: front.values,
    ...(front.span && {frontMatterSpan: front.span}),
    cells,
    text: textBetween(cells, lines, front.next),
    ...(front.readOnly && {readOnly: front.readOnly}),
  }
  const read: Read = {text: source, start: lines.start(front.next), fences: found}
  const parsed: Parsed = {notebook, problems}
  return {parsed, read}
}

function readCell(fence: Fence, source: string, file: string, problems: Problem[]) {
  const {infoSpan, bodySpan} = fence
  const info = source.slice(infoSpan.start, infoSpan.end)
  const {language, attributes, trouble} = parseInfo(info)
  const named = attributes.find(({key}) => key === 'cell')
  if (!named) return undefined
  const tell = (fault: Fault, at: number) =>
    problems.push({...fault, where: place(file, infoSpan, info, at), cell: named.value})
  const problem = (message: Phrase, {hint, at = named.start}: {hint?: Phrase; at?: number} = {}) =>
    tell(faultOf('bad-document', message, {hint}), at)
  if (!isLanguage(language)) {
    problem(says`a cell is written in ${languages.join(', ')}, not "${language}"`, {
      hint: didYouMean(language, languages) ?? says`leave out cell= to keep it as plain code`,
      at: 0,
    })
    return undefined
  }
  const fault = nameFault(named.value)
  if (fault) tell(fault, named.valueStart)
  if (trouble)
    problem(trouble.message, {at: trouble.at, hint: says`put a value with blanks in quotes`})
  for (const {key, start} of repeated(attributes))
    problem(says`${key}= is given twice`, {at: start})
  if (!fence.closed)
    problem(
      says`the cell "${named.value}" has no closing fence, so it goes on to the end of the file`,
      {
        hint: says`put ${fence.fence} on a line of its own after it`,
      },
    )
  const {kind, from} = wiring(language, attributes, named.value, problem)
  const {span, fence: marks, closed} = fence
  const body = source.slice(bodySpan.start, bodySpan.end)
  const extra = Object.fromEntries(
    attributes.filter(a => !known.has(a.key)).map(a => [a.key, a.value]),
  )
  const cell: Cell = {
    name: named.value,
    language,
    kind,
    from,
    extra,
    body,
    span,
    bodySpan,
    info,
    infoSpan,
    fence: marks,
    closed,
  }
  return cell
}

const known = new Set(['cell', 'kind', 'from'])

type Tell = (message: Phrase, options?: {hint?: Phrase; at?: number}) => void

/** `kind=` and `from=`, which a cell with a form has and one in SQL or TypeScript has not. */
function wiring(language: Language, attributes: Attribute[], name: string, tell: Tell) {
  const kind = attributes.find(a => a.key === 'kind')
  const from = attributes.find(a => a.key === 'from')
  if (language !== 'yaml') {
    if (kind)
      tell(says`a ${language} cell has no kind`, {hint: says`leave out kind=`, at: kind.start})
    if (from)
      tell(says`a ${language} cell takes what its text names`, {
        hint: says`leave out from=`,
        at: from.start,
      })
    return {kind: language, from: []}
  }
  if (!kind?.value)
    tell(says`the cell "${name}" does not say what it does`, {
      hint: says`add its kind, such as kind=impute`,
    })
  const names = from?.value.split(',').map(part => part.trim()) ?? []
  if (names.includes(''))
    tell(says`from= has an empty name: "${from!.value}"`, {
      hint: says`list names with commas between them, such as from=a,b`,
      at: from!.start,
    })
  return {kind: kind?.value ?? '', from: names.filter(part => part !== '')}
}

const isLanguage = (text: string): text is Language => languages.includes(text as Language)

const repeated = (attributes: Attribute[]) =>
  attributes.filter((a, i) => attributes.findIndex(b => b.key === a.key) < i)

function duplicates(cells: Cell[], file: string): Problem[] {
  const groups = new Map<string, Cell[]>()
  for (const cell of cells) {
    const key = nameKey(cell.name)
    groups.set(key, [...(groups.get(key) ?? []), cell])
  }
  return [...groups.values()]
    .filter(group => group.length > 1)
    .flatMap(group =>
      group.map((cell, i): Problem => {
        const other = group[i === 0 ? 1 : 0]!
        const line = other.span.line
        const fault = faultOf(
          'duplicate-name',
          says`two cells are called "${cell.name}": the other is on line ${line}`,
          {
            hint: says`rename one of them; capitals and small letters are the same in SQL`,
            where: place(file, cell.span),
          },
        )
        return {...fault, cell: cell.name}
      }),
    )
}

function textBetween(cells: Cell[], lines: Lines, first: number): TextCell[] {
  const gaps: {from: number; to: number}[] = []
  let from = first
  for (const {span} of [...cells, {span: {line: lines.starts.length + 1, end: 0} as Span}]) {
    gaps.push({from, to: span.line - 1})
    from = lines.at(span.end) + 1
  }
  return gaps.flatMap(({from, to}) => {
    const blank = (line: number) =>
      /^[\s\ufeff]*$/.test(lines.text.slice(lines.start(line), lines.end(line)))
    while (from < to && blank(from)) from++
    while (to > from && blank(to - 1)) to--
    if (from === to) return []
    const mark = from === 0 && lines.text.startsWith('\ufeff') ? 1 : 0
    const span = lines.span(lines.start(from) + mark, lines.end(to - 1))
    return [{text: lines.text.slice(span.start, span.end), span}]
  })
}
