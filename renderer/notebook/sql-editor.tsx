// The query of a cell: coloured text at rest, a live editor while it is edited. A page holds few editors.
import {useComputedColorScheme} from '@mantine/core'
import type * as Monaco from 'monaco-editor/editor.js'
import {memo, useEffect, useRef, useState} from 'react'
import type {Fault} from '../../core/error.ts'
import type {CellBlock} from '../../core/schema/live.ts'
import {Conflict} from '../form/body-text.tsx'
import {faultOf, textOf} from '../state/document.ts'
import {store, useStore} from '../state/store.ts'
import {useSaid, useT} from '../ui/i18n.ts'
import {useEditing} from './editing.ts'
import {editorFont, themeName} from './editor-look.ts'
import css from './notebook.module.css'

let loading: Promise<typeof Monaco> | undefined
const load = () => {
  loading ??= import('./monaco.ts').then(module => module.monaco)
  return loading
}

export const SqlEditor = memo(function SqlEditor({cell}: {cell: CellBlock}) {
  const {id, language} = cell
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const [live, setLive] = useState(false)
  const asked = useEditing(state => state.id === id)
  const answered = useEditing(state => state.done)
  useEffect(() => {
    if (!asked) return
    setLive(true)
    answered()
  }, [asked, answered])
  return (
    <>
      {live && !readOnly ? (
        <Live cell={cell} onLeave={() => setLive(false)} />
      ) : (
        <Still cell={cell} language={language} onEdit={() => setLive(true)} />
      )}
      <Conflict id={id} />
    </>
  )
})

function Still({cell, language, onEdit}: {cell: CellBlock; language: string; onEdit: () => void}) {
  const t = useT()
  const text = useStore(state => (state.doc ? textOf(state.doc, cell.id) : ''))
  const [html, setHtml] = useState<{text: string; html: string}>()
  const scheme = useComputedColorScheme()
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Only what comes near the screen is coloured.
    const watcher = new IntersectionObserver(
      async ([entry]) => {
        if (!entry?.isIntersecting) return
        watcher.disconnect()
        const monaco = await load()
        monaco.editor.setTheme(themeName(scheme))
        setHtml({text, html: await monaco.editor.colorize(text.trimEnd(), language, {tabSize: 2})})
      },
      {rootMargin: '400px'},
    )
    watcher.observe(shown.current!)
    return () => watcher.disconnect()
  }, [text, language, scheme])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a real text field would not show colours
    <div
      ref={shown}
      role="textbox"
      aria-multiline
      aria-label={t('notebook.sql', {cell: cell.name})}
      tabIndex={0}
      className={css.code}
      onClick={onEdit}
      onKeyDown={event => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        onEdit()
      }}
      {...(html?.text === text
        ? {dangerouslySetInnerHTML: {__html: html.html}}
        : {children: text.trimEnd() || ' '})}
    />
  )
}

function Live({cell, onLeave}: {cell: CellBlock; onLeave: () => void}) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme()
  const leave = useRef(onLeave)
  leave.current = onLeave
  const {id, name, language} = cell
  const label = t('notebook.sql', {cell: name})
  const words = useSaid()
  const said = useRef(words)
  said.current = words
  useEffect(() => {
    let gone = false
    let dispose = () => {}
    void load().then(monaco => {
      if (!gone && place.current)
        dispose = edit(monaco, place.current, {
          id,
          name,
          language,
          label,
          say: fault => said.current.fault(fault),
          leave: () => leave.current(),
        })
    })
    return () => {
      gone = true
      dispose()
    }
  }, [id, name, language, label])
  useEffect(() => {
    void load().then(monaco => monaco.editor.setTheme(themeName(scheme)))
  }, [scheme])
  return <div ref={place} className={css.editor} />
}

type Options = {
  id: string
  name: string
  language: string
  label: string
  /** A fault's texts in the user's language. */
  say: (fault: Fault) => {message: string; hint: string | undefined}
  leave: () => void
}

function edit(
  monaco: typeof Monaco,
  place: HTMLElement,
  {id, name, language, label, say, leave}: Options,
): () => void {
  // Without the line end before the fence, which the host puts there.
  const textNow = () => {
    const {doc} = store.getState()
    return doc ? textOf(doc, id).replace(/\r?\n$/, '') : ''
  }
  const editor = monaco.editor.create(place, {
    value: textNow(),
    language: language === 'ts' ? 'typescript' : language,
    ariaLabel: label,
    automaticLayout: true,
    minimap: {enabled: false},
    scrollBeyondLastLine: false,
    lineNumbers: 'off',
    folding: false,
    ...editorFont,
    tabSize: 2,
    renderLineHighlight: 'none',
    overviewRulerLanes: 0,
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    wordBasedSuggestions: 'off',
    quickSuggestions: {comments: false, strings: true, other: true},
    fixedOverflowWidgets: true,
    wordWrap: 'on',
    scrollbar: {alwaysConsumeMouseWheel: false, vertical: 'hidden'},
    padding: {top: 2, bottom: 2},
  })
  const resize = () => {
    const height = Math.min(600, Math.max(40, editor.getContentHeight()))
    place.style.height = `${height}px`
  }
  editor.onDidContentSizeChange(resize)
  resize()
  let taking = false
  editor.onDidChangeModelContent(() => {
    if (!taking) store.getState().type(id, editor.getValue())
  })
  const {KeyMod, KeyCode} = monaco
  editor.addCommand(
    KeyCode.Escape,
    () => place.closest<HTMLElement>('article')?.focus(),
    '!suggestWidgetVisible && !findWidgetVisible',
  )
  const run = () => void store.getState().run([name])
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, run)
  editor.addCommand(KeyMod.Shift | KeyCode.Enter, run)
  editor.onDidBlurEditorWidget(() => leave())
  let marked: Fault | undefined
  const mark = () => {
    const {doc} = store.getState()
    const fault = doc && faultOf(doc, name)
    if (fault === marked) return
    marked = fault
    const model = editor.getModel()!
    monaco.editor.setModelMarkers(
      model,
      'bancada',
      fault ? [markerOf(monaco, model, {...fault, ...say(fault)})] : [],
    )
  }
  // Undo, another window or another program may change the text under the editor.
  const unsubscribe = store.subscribe(() => {
    const text = textNow()
    if (text !== editor.getValue() && editor.getValue() !== text.replace(/\r\n/g, '\n')) {
      taking = true
      const at = editor.getPosition()
      editor.executeEdits('host', [{range: editor.getModel()!.getFullModelRange(), text}])
      if (at) editor.setPosition(at)
      taking = false
    }
    mark()
  })
  mark()
  editor.focus()
  return () => {
    unsubscribe()
    editor.getModel()?.dispose()
    editor.dispose()
  }
}

/** Where a fault stands, as far as it says so: `LINE 2:` and a caret, or the whole query. */
function markerOf(
  monaco: typeof Monaco,
  model: Monaco.editor.ITextModel,
  {message, hint, where}: {message: string; hint?: string | undefined; where?: string},
): Monaco.editor.IMarkerData {
  const at = /(?:^|:)(\d+):(\d+)$/.exec(where ?? '')
  const line = at ? Math.min(Number(at[1]), model.getLineCount()) : 1
  const column = at ? Number(at[2]) : 1
  return {
    severity: monaco.MarkerSeverity.Error,
    message: hint ? `${message}\n${hint}` : message,
    startLineNumber: line,
    startColumn: column,
    endLineNumber: at ? line : model.getLineCount(),
    endColumn: at
      ? (model.getWordAtPosition({lineNumber: line, column})?.endColumn ?? column + 1)
      : model.getLineMaxColumn(model.getLineCount()),
  }
}
