// What a query may say next: the tables of the document, their columns, and DuckDB's functions.

import type * as Monaco from 'monaco-editor/editor.js'
import type {OutputOf} from '../../core/contract.ts'
import {columnsOf} from '../state/columns.ts'
import {cellsOf} from '../state/document.ts'
import {store} from '../state/store.ts'

export const sqlCompletion = (monaco: typeof Monaco): Monaco.languages.CompletionItemProvider => ({
  triggerCharacters: ['.', ' ', '"'],
  provideCompletionItems: async (model, position) => {
    const {doc} = store.getState()
    if (!doc) return {suggestions: []}
    const {CompletionItemKind: Kind} = monaco.languages
    const word = model.getWordUntilPosition(position)
    const range = {
      startLineNumber: position.lineNumber,
      endLineNumber: position.lineNumber,
      startColumn: word.startColumn,
      endColumn: word.endColumn,
    }
    const text = model.getValue()
    const before = model.getLineContent(position.lineNumber).slice(0, word.startColumn - 1)
    const qualifier = /([\w.]+|"[^"]+")\.$/.exec(before)?.[1]?.replaceAll('"', '')
    const tables = cellsOf(doc).flatMap(({name}) => {
      const columns = columnsOf(doc, name)
      return columns ? [{name, columns}] : []
    })
    const named = qualifier
      ? tables.filter(({name}) => name === qualifier)
      : tables.filter(({name}) => new RegExp(`\\b${escaped(name)}\\b`).test(text))
    const columns = named.flatMap(table =>
      table.columns.map(({name, type}) => ({
        label: name,
        kind: Kind.Field,
        detail: `${type} · ${table.name}`,
        insertText: quoted(name),
        sortText: `1${name}`,
        range,
      })),
    )
    if (qualifier) return {suggestions: columns}
    const names = tables.map(({name, columns: own}) => ({
      label: name,
      kind: Kind.Struct,
      detail: `${own.length}`,
      insertText: quoted(name),
      sortText: `0${name}`,
      range,
    }))
    const {functions, keywords} = await sqlWords()
    const calls = functions.map(({name, signatures, description}) => ({
      label: name,
      kind: Kind.Function,
      detail: signatures[0],
      ...(description && {documentation: description}),
      insertText: name,
      sortText: `2${name}`,
      range,
    }))
    const words = keywords.map(label => ({
      label,
      kind: Kind.Keyword,
      insertText: label,
      sortText: `3${label}`,
      range,
    }))
    return {suggestions: [...columns, ...names, ...calls, ...words]}
  },
})

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const quoted = (name: string) =>
  /^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`

type Words = OutputOf<'sql.words'>
let asked: Promise<Words> | undefined

/** DuckDB's own words, asked for once. */
function sqlWords(): Promise<Words> {
  asked ??= store.getState().call('sql.words', {})
  asked.catch(() => {
    asked = undefined
  })
  return asked
}
