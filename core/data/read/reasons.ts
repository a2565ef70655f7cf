// Why a row was put aside, from the column of a table where that is kept in English.
import {heard, type Phrase, says} from '../../words/says.ts'

const known = [
  says`broken UTF-8`,
  says`a quote is opened and never closed`,
  says`text follows a closing quote`,
  says`the line is longer than ${''} MB`,
  says`not an object`,
  says`not JSON: ${''}`,
  says`1 field where there are ${''} columns`,
  says`${''} fields where there are ${''} columns`,
  says`"${''}" is not an ${''}`,
  says`"${''}" is not a ${''}`,
  says`the file is empty`,
  says`neither a PNG nor a JPEG file`,
  says`broken: the PNG has no header`,
  says`broken: the PNG has no pixels`,
  says`broken: ${says`it is cut off`}`,
  says`broken: ${''}`,
  says`${''} × ${''} pixels are more than the ${''} million that are read`,
  says`larger than ${''} MiB`,
  says`cannot be read: ${''}`,
]

export const reasonOf = (text: string): Phrase => heard(text, known)
