// Rows of a file that a person chose to try a model with: CSV with a header, JSON, or one JSON object a line.
import {AppError, messageOf} from '../../core/error.ts'
import {type Phrase, says} from '../../core/words/says.ts'

export type Row = Record<string, unknown>

/** Reads a file by its name's ending. Throws `bad-data` with what is wrong. */
export function rowsOfFile(name: string, text: string): Row[] {
  const rows = /\.csv$/i.test(name) ? csvRows(text) : jsonRows(text)
  if (rows.length === 0) throw new AppError('bad-data', says`${name} holds no row`)
  return rows
}

function jsonRows(text: string): Row[] {
  const wrong = (message: Phrase) =>
    new AppError('bad-data', message, {
      hint: says`give one object, a list of objects, or one a line`,
    })
  const parse = (source: string): unknown => {
    try {
      return JSON.parse(source)
    } catch (error) {
      throw wrong(messageOf(error))
    }
  }
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const perLine = lines.length > 1 && lines.every(line => /^\s*\{.*\}\s*$/.test(line))
  const found = perLine ? lines.map(parse) : [parse(text)].flat()
  for (const row of found)
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw wrong(says`${JSON.stringify(row)} is no row`)
  return found as Row[]
}

/** RFC 4180. An empty field without quotes is missing; everything else is text, and typed by the signature. */
export function csvRows(text: string): Row[] {
  const lines: {value: string; quoted: boolean}[][] = [[]]
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|\r|$)/y
  const body = text.replace(/^\uFEFF/, '')
  while (pattern.lastIndex < body.length) {
    const at = pattern.lastIndex
    const match = pattern.exec(body)
    if (!match)
      throw new AppError('bad-data', says`a quotation mark stands alone in line ${lines.length}`, {
        where: body.slice(at, at + 30),
      })
    const [, field = '', end] = match
    const quoted = field.startsWith('"')
    const value = quoted ? field.slice(1, -1).replaceAll('""', '"') : field
    lines.at(-1)!.push({value, quoted})
    if (end === ',' && pattern.lastIndex === body.length)
      lines.at(-1)!.push({value: '', quoted: false})
    if (end !== ',' && end !== '' && pattern.lastIndex < body.length) lines.push([])
  }
  const [head = [], ...rest] = lines
  return rest
    .filter(line => line.length > 1 || line[0]?.value !== '')
    .map((line, i) => {
      if (line.length !== head.length)
        throw new AppError(
          'bad-data',
          says`line ${i + 2} has ${line.length} fields, the header has ${head.length}`,
        )
      return Object.fromEntries(
        head.map(({value: name}, j) => {
          const {value, quoted} = line[j]!
          return [name, value === '' && !quoted ? null : value]
        }),
      )
    })
}
