// What the library that reads YAML says most, as sentences that other languages have words for.
import {heard, type Phrase, says} from '../words/says.ts'

const known = [
  says`All mapping items must start at the same column`,
  says`All sequence items must start at the same column`,
  says`A block sequence may not be used as an implicit map key`,
  says`Nested mappings are not allowed in compact mappings`,
  says`Map keys must be unique`,
  says`Implicit keys need to be on a single line`,
  says`Implicit keys of flow sequence pairs need to be on a single line`,
  says`Implicit map keys need to be followed by map values`,
  says`Flow sequence in block collection must be sufficiently indented and end with a ]`,
  says`Flow map in block collection must be sufficiently indented and end with a }`,
  says`Flow sequence must end with a ]`,
  says`Flow map must end with a }`,
  says`Missing closing "quote`,
  says`Missing closing 'quote`,
  says`Missing , between flow sequence items`,
  says`Missing , between flow map items`,
  says`Missing , or : between flow sequence items`,
  says`Missing , or : between flow map items`,
  says`Plain value cannot start with reserved character ${''}`,
  says`Plain value cannot start with flow indicator character ${''}`,
  says`Plain value cannot start with directive indicator character ${''}`,
  says`Plain value cannot start with block scalar indicator ${''}`,
  says`Plain value cannot start with a tab character`,
  says`Tabs are not allowed as indentation`,
  says`Invalid escape sequence ${''}`,
  says`Unresolved alias (the anchor must be set before the alias): ${''}`,
]

export const yamlWords = (message: string): Phrase => heard(message, known)
