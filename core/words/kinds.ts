// What is in a column, by its kind.
import type {ColumnKind} from '../schema/table.ts'
import {type Phrase, says} from './says.ts'

export const kindWords: Record<ColumnKind, Phrase> = {
  number: says`a number`,
  boolean: says`true or false`,
  category: says`text`,
  date: says`a date or time`,
  image: says`an image`,
  other: says`a list, struct or blob`,
}
