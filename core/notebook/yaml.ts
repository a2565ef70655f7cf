// YAML of a document, with its errors placed in the file.
import {type Document, LineCounter, parseDocument} from 'yaml'
import {type Fault, faultOf} from '../error.ts'
import type {Span} from '../schema/notebook.ts'
import {type Phrase, says} from '../words/says.ts'
import {place} from './lines.ts'
import {yamlWords} from './yaml-words.ts'

/** A YAML text that stands at `span` of a file. `where` gives the place of an offset into it. */
export type Yaml = {
  doc: Document.Parsed
  /** The whole as plain data; undefined where it cannot be read. */
  value: unknown
  faults: Fault[]
  where: (offset: number) => string
}

/** Reads YAML 1.2 (so `no` is text). Aliases that would grow into something huge are an error. */
export function readYaml(text: string, file: string, span: Span): Yaml {
  const where = (offset: number) => place(file, span, text, offset)
  const fault = (message: Phrase, offset: number) =>
    faultOf('bad-params', message, {where: where(offset)})
  try {
    const doc = parseDocument(text, {lineCounter: new LineCounter(), prettyErrors: false})
    const faults = [...doc.errors, ...doc.warnings].map(({message, pos}) =>
      fault(yamlWords(oneLine(message)), pos[0]),
    )
    if (faults.length) return {doc, value: undefined, faults, where}
    try {
      return {doc, value: doc.toJS({maxAliasCount: 100}), faults, where}
    } catch (error) {
      return {doc, value: undefined, faults: [fault(reason(error), 0)], where}
    }
  } catch (error) {
    // Only what is nested thousands deep comes here.
    const doc = parseDocument('')
    return {doc, value: undefined, faults: [fault(reason(error), 0)], where}
  }
}

const reason = (error: unknown) =>
  error instanceof RangeError
    ? says`nested too deep to be read`
    : yamlWords(oneLine((error as Error).message))

const oneLine = (message: string) => message.split('\n')[0]!.replace(/ at line \d.*$/, '')

/** A YAML map as data, which parameters and front matter are. */
export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
