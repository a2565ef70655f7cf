// The open document: what the host tells of it, what is being typed, and the edits that go back.
import {type Fault, toFault} from '../../core/error.ts'
import type {
  Block,
  CellBlock,
  DocumentEvent,
  Edit,
  Edited,
  EditKind,
  LiveEdge,
  LivePoint,
} from '../../core/schema/live.ts'
import type {Problem} from '../../core/schema/notebook.ts'
import type {CellEvent, CellStatus} from '../../core/schema/result.ts'
import type {GetState, SetState, State} from './store.ts'

/** A body or a text as it stands in its editor, ahead of the host. */
export type Draft = {
  text: string
  /** The revision that it was typed on. */
  base: number
  sending: boolean
  /** Another changed the same; the user chooses. */
  conflict?: boolean
}

export type OpenDocument = {
  path: string
  /** Nothing is known yet. */
  loading: boolean
  fault?: Fault
  missing: boolean
  revision: number
  order: string[]
  blocks: Record<string, Block>
  layout: Record<string, [x: number, y: number]>
  undo?: EditKind
  redo?: EditKind
  readOnly: boolean
  /** How each cell stands by what the document says; not known yet for one that is missing here. */
  status: Record<string, CellStatus>
  edges: LiveEdge[]
  problems: Problem[]
  running: boolean
  /** What happens to the cells of the present run. */
  live: Record<string, CellEvent>
  /** When a cell began to run, by this window's clock. */
  since: Record<string, number>
  curves: Record<string, LivePoint[]>
  drafts: Record<string, Draft>
}

export type DocumentSlice = {
  doc: OpenDocument | undefined
  /** Ids of the chosen blocks; the last one is shown in the inspector. */
  selection: string[]
  select: (ids: string[]) => void
  /** Watches a document until another is opened. */
  openDocument: (path: string) => void
  closeDocument: () => void
  /** Changes the document. Answers the name of the cell that it added; a failure is told and gives `undefined`. */
  edit: (edit: Edit) => Promise<Edited | undefined>
  /** A body (of a cell's id) or text (of a text's id) as it is typed: shown at once, saved as fast as the host can. */
  type: (id: string, text: string) => void
  /** Ends a conflict. */
  settle: (id: string, take: 'mine' | 'theirs') => void
  /** Takes back the newest change; with `base`, only when that led to this revision. */
  undo: (base?: number) => Promise<void>
  redo: () => Promise<void>
  /** Runs some cells and what they need, or everything. */
  run: (cells?: string[]) => Promise<void>
  stop: () => Promise<void>
}

export const documentSlice = (set: SetState, get: GetState): DocumentSlice => {
  let stop: AbortController | undefined
  /** The last edit that was sent, until the host has answered it. */
  let edited: Promise<unknown> = Promise.resolve()

  /** Changes the open document, unless another was opened meanwhile. */
  const change = (path: string, how: (doc: OpenDocument) => Partial<OpenDocument>) =>
    set(({doc}) => (doc?.path === path ? {doc: {...doc, ...how(doc)}} : {}))

  /** Watches until it is stopped; after a lost line, once more. */
  async function watch(path: string, signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        await get().call(
          'document.watch',
          {document: path},
          {
            signal,
            tell: event => {
              set(state => heard(state, path, event))
              if (event.type === 'running' && event.fault) get().notify({fault: event.fault})
              if (event.type === 'blocks' && event.outside)
                get().notify({
                  key: 'notebook.outside',
                  undo: {document: path, revision: event.revision},
                })
            },
          },
        )
      } catch (error) {
        const fault = toFault(error)
        if (signal.aborted) return
        if (fault.code !== 'crashed') return change(path, () => ({fault, loading: false}))
        // What was typed while the line was broken goes out when it is back.
        for (const [id, {conflict}] of Object.entries(get().doc?.drafts ?? {}))
          if (!conflict) void send(path, id)
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    }
  }

  /** Sends a draft, and again while more was typed meanwhile. */
  async function send(path: string, id: string, {force = false} = {}) {
    const draftNow = () => (get().doc?.path === path ? get().doc?.drafts[id] : undefined)
    const mark = (some: Partial<Draft>) =>
      change(path, ({drafts}) => {
        const draft = drafts[id]
        return draft ? {drafts: {...drafts, [id]: {...draft, ...some}}} : {}
      })
    if (draftNow()?.sending === false) mark({sending: true})
    for (let draft = draftNow(); draft; draft = draftNow()) {
      const {text, base} = draft
      const edit: Edit = id.endsWith('¶')
        ? {do: 'text', id, text}
        : {do: 'body', cell: id, body: text}
      try {
        const {revision} = await get().call('document.edit', {
          document: path,
          edit,
          ...(!force && {base}),
        })
        const now = draftNow()
        if (!now) return
        if (now.text === text) return change(path, ({drafts: {[id]: _, ...drafts}}) => ({drafts}))
        mark({base: revision})
      } catch (error) {
        const fault = toFault(error)
        mark({sending: false, ...(fault.code === 'conflict' && {conflict: true})})
        // A broken line is told by itself, and what was typed goes out when it is back.
        if (fault.code !== 'conflict' && fault.code !== 'crashed') get().fail(error)
        return
      }
    }
  }

  return {
    doc: undefined,
    selection: [],
    select: ids => set({selection: ids}),
    openDocument: path => {
      if (get().doc?.path === path) return
      stop?.abort()
      stop = new AbortController()
      set({doc: emptyDocument(path), selection: []})
      void watch(path, stop.signal)
    },
    closeDocument: () => {
      stop?.abort()
      set({doc: undefined, selection: []})
    },
    edit: async edit => {
      const path = get().doc?.path
      if (path === undefined) return undefined
      const answer = get().call('document.edit', {document: path, edit})
      edited = answer.catch(() => undefined)
      try {
        return await answer
      } catch (error) {
        get().fail(error)
        return undefined
      }
    },
    type: (id, text) => {
      const {doc} = get()
      if (!doc || doc.readOnly) return
      const old = doc.drafts[id]
      const idle = old?.sending !== true
      // Each change of the store is looked at by everything that is shown, so a key makes as few as can be.
      const sending = !(idle && old?.conflict)
      const draft: Draft = {...old, text, base: old?.base ?? doc.revision, sending}
      change(doc.path, ({drafts}) => ({drafts: {...drafts, [id]: draft}}))
      if (idle && sending) void send(doc.path, id)
    },
    settle: (id, take) => {
      const {doc} = get()
      if (!doc?.drafts[id]) return
      if (take === 'theirs') return change(doc.path, ({drafts: {[id]: _, ...drafts}}) => ({drafts}))
      change(doc.path, ({drafts}) => ({
        drafts: {...drafts, [id]: {...drafts[id]!, conflict: false}},
      }))
      void send(doc.path, id, {force: true})
    },
    undo: base => travel('document.undo', base),
    redo: () => travel('document.redo'),
    run: async cells => {
      const path = get().doc?.path
      if (path === undefined) return
      await get().call('document.run', {document: path, cells}).catch(get().fail)
    },
    stop: async () => {
      const path = get().doc?.path
      if (path === undefined) return
      await get().call('document.stop', {document: path}).catch(get().fail)
    },
  }

  async function travel(name: 'document.undo' | 'document.redo', base?: number) {
    // What was done a moment ago may not have been told yet, and is what is meant.
    await edited
    const {doc} = get()
    if (!doc || !(name === 'document.undo' ? doc.undo : doc.redo)) return
    const input = {document: doc.path, ...(base !== undefined && {base})}
    await get().call(name, input).catch(get().fail)
  }
}

const emptyDocument = (path: string): OpenDocument => ({
  path,
  loading: true,
  missing: false,
  revision: 0,
  order: [],
  blocks: {},
  layout: {},
  readOnly: false,
  status: {},
  edges: [],
  problems: [],
  running: false,
  live: {},
  since: {},
  curves: {},
  drafts: {},
})

/** The state after an event of the host. */
function heard(state: State, path: string, event: DocumentEvent): Partial<State> {
  const {doc} = state
  if (doc?.path !== path) return {}
  const next = afterEvent(doc, event)
  const selection =
    event.type === 'blocks' && event.order
      ? state.selection.filter(id => next.blocks[id])
      : state.selection
  return {doc: next, ...(selection.length !== state.selection.length && {selection})}
}

export function afterEvent(doc: OpenDocument, event: DocumentEvent): OpenDocument {
  switch (event.type) {
    case 'blocks': {
      const {revision, layout, undo, redo, readOnly} = event
      const order = event.order ?? doc.order
      const changed = Object.fromEntries(event.changed.map(block => [block.id, block]))
      const all = {...doc.blocks, ...changed}
      const blocks = event.order
        ? Object.fromEntries(order.flatMap(id => (all[id] ? [[id, all[id]]] : [])))
        : all
      // What a cell did is of no interest once it says something else.
      const live = doc.running ? doc.live : without(doc.live, event.changed)
      return {
        ...doc,
        live,
        loading: false,
        missing: false,
        fault: undefined,
        revision,
        order,
        blocks,
        layout,
        undo,
        redo,
        readOnly,
      }
    }
    case 'status': {
      const status = {...doc.status}
      for (const cell of event.gone) delete status[cell]
      for (const cell of event.cells) status[cell.cell] = cell
      return {...doc, status, edges: event.edges, problems: event.problems}
    }
    case 'cell': {
      const {event: cell} = event
      const before = doc.live[cell.cell]
      const live = {...doc.live, [cell.cell]: cell}
      const starts = cell.state === 'running' && before?.state !== 'running'
      const since = starts ? {...doc.since, [cell.cell]: Date.now()} : doc.since
      // A new training begins with an empty curve.
      const curves = starts ? {...doc.curves, [cell.cell]: []} : doc.curves
      const status =
        cell.state === 'done'
          ? {
              ...doc.status,
              [cell.cell]: {
                cell: cell.cell,
                kind: cell.kind,
                state: 'fresh' as const,
                result: cell.result,
              },
            }
          : doc.status
      return {...doc, live, since, curves, status}
    }
    case 'curve': {
      const old = doc.curves[event.cell] ?? []
      const points = [...old.slice(0, event.from), ...event.points]
      return {...doc, curves: {...doc.curves, [event.cell]: points}}
    }
    case 'running':
      return event.on ? {...doc, running: true, live: {}} : {...doc, running: false}
    case 'missing':
      return {...doc, missing: true}
  }
}

const without = (live: Record<string, CellEvent>, changed: Block[]) =>
  Object.fromEntries(
    Object.entries(live).filter(([cell]) => !changed.some(block => block.id === cell)),
  )

/** How a cell stands, in one word: what it does now comes before what the document says of it. */
export type CellState =
  | 'fresh'
  | 'stale'
  | 'queued'
  | 'running'
  | 'failed'
  | 'blocked'
  | 'later'
  | 'unknown'

export function stateOf(doc: OpenDocument, cell: string): CellState {
  const live = doc.live[cell]
  if (doc.running && live) return live.state === 'done' ? 'fresh' : live.state
  const status = doc.status[cell]
  if (!status) return 'unknown'
  // A failure of the last run stays until the cell or the document changes.
  if (live?.state === 'failed' && status.state === 'stale') return 'failed'
  return status.state
}

/** Why a cell cannot run or did not. */
export function faultOf(doc: OpenDocument, cell: string): Fault | undefined {
  const status = doc.status[cell]
  if (status?.state === 'failed') return status.fault
  const live = doc.live[cell]
  return live?.state === 'failed' && stateOf(doc, cell) === 'failed' ? live.fault : undefined
}

/** The result of what the cell says now. */
export function resultOf(doc: OpenDocument, cell: string) {
  const status = doc.status[cell]
  return status?.state === 'fresh' ? status.result : undefined
}

/** The cells of a document, in order. */
export const cellsOf = (doc: OpenDocument): CellBlock[] =>
  doc.order.flatMap(id => {
    const block = doc.blocks[id]
    return block?.type === 'cell' ? [block] : []
  })

/** A block's text as the user sees it: what is typed, or what the host has. */
export function textOf(doc: OpenDocument, id: string): string {
  const draft = doc.drafts[id]
  if (draft) return draft.text
  const block = doc.blocks[id]
  return block?.type === 'cell' ? block.body : block?.type === 'text' ? block.text : ''
}
