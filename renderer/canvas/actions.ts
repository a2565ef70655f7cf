// What can be done on the canvas, as edits of the document. Each tells what became of it.
import {useMemo} from 'react'
import type {KindInfo} from '../../core/schema/kind.ts'
import type {LiveEdge} from '../../core/schema/live.ts'
import {cellsOf} from '../state/document.ts'
import {store} from '../state/store.ts'
import {useKindWords, useLanguage, useT} from '../ui/i18n.ts'
import {pasteEdit, putCells} from './clipboard.ts'
import {judge, type Part, without} from './connect.ts'
import {type Graph, referenceOf} from './graph.ts'
import {newCell} from './new-cell.ts'
import type {Place} from './places.ts'
import {refusalText} from './refusal.ts'

export type Addition = {
  /** Where it stands on the canvas; automatic when left out. */
  at?: Place | undefined
  source?: {id: string; part?: Part | undefined} | undefined
}

export type Actions = ReturnType<typeof useActions>

/**
 * `say` reads out what was done; `show` brings cells into sight and gives them the focus; `askPart` asks which
 * part of a split is meant.
 */
export function useActions(
  graph: Graph,
  {
    say,
    show,
    askPart,
  }: {
    say: (text: string) => void
    show: (ids: string[]) => void
    askPart: (from: string, to: string) => void
  },
) {
  const t = useT()
  const language = useLanguage()
  const words = useKindWords()
  return useMemo(() => {
    const {edit, notify, select} = store.getState()
    const refuse = (text: string) => notify({text})

    async function connect(from: string, to: string, part?: Part): Promise<void> {
      const target = graph.cells.get(to)
      if (!target || !graph.cells.has(from)) return
      const verdict = judge(graph, from, to, part)
      if (verdict.do === 'ask-part') return askPart(from, to)
      if (verdict.do === 'refuse') {
        const kind = target.info ? words(target.kind, target.info).title : target.kind
        return refuse(refusalText(verdict, {from, part, to: target.name, kind}, language))
      }
      const done = await edit({do: 'from', cell: to, from: verdict.from})
      if (done) say(t('canvas.said.connected', {from: referenceOf({from, part}), to}))
    }

    async function disconnect(edges: readonly LiveEdge[]): Promise<void> {
      for (const edge of edges) {
        const target = graph.cells.get(edge.to)
        const from = target && without(target, edge)
        const names = {from: referenceOf(edge), to: edge.to}
        if (!from) refuse(t('canvas.refused.cut', names))
        else if (await edit({do: 'from', cell: edge.to, from}))
          say(t('canvas.said.disconnected', names))
      }
    }

    async function add(kind: KindInfo, {at, source: asked}: Addition): Promise<void> {
      const after = store.getState().selection.findLast(id => graph.cells.has(id))
      // The chosen cell feeds the new one where it can: a pipeline grows at its end.
      const gives = after === undefined ? undefined : graph.cells.get(after)?.gives
      const {max, accepts} = kind.ports.in
      const feeds = after !== undefined && gives && max > 0 && accepts.includes(gives)
      const source = asked ?? (feeds ? {id: after} : undefined)
      const insert = newCell(graph, kind, {source, after})
      const placed = at && {[insert.name]: [Math.round(at.x), Math.round(at.y)] as [number, number]}
      const done = await edit(
        placed ? {do: 'all', edits: [insert, {do: 'layout', places: placed}]} : insert,
      )
      if (!done) return
      const {made = insert.name} = done
      select([made])
      show([made])
      say(t('canvas.said.added', {kind: words(kind.kind, kind).title, name: made}))
    }

    async function remove(ids: readonly string[]): Promise<void> {
      const cells = ids.filter(id => graph.cells.has(id))
      if (cells.length === 0) return
      const rest = [...graph.cells.keys()].filter(id => !cells.includes(id))
      const next = rest[Math.min(rest.length - 1, [...graph.cells.keys()].indexOf(cells[0]!))]
      const {doc} = store.getState()
      const done = await edit({do: 'delete', cells})
      if (!doc || !done) return
      notify({
        text: t('canvas.said.deleted', {n: cells.length, names: cells.join(', ')}),
        undo: {document: doc.path, revision: done.revision},
      })
      if (next !== undefined) show([next])
    }

    /** Leaves every cell to the automatic layout. */
    async function arrange(): Promise<void> {
      const {doc} = store.getState()
      const placed = Object.keys(doc?.layout ?? {})
      if (placed.length === 0) return
      const places = Object.fromEntries(placed.map(name => [name, null]))
      if (await edit({do: 'layout', places})) say(t('canvas.said.arranged'))
    }

    /** Puts the chosen cells on the clipboard; tells whether there were any. */
    function copy(clipboard: DataTransfer): boolean {
      const {doc, selection} = store.getState()
      const cells = doc ? cellsOf(doc).filter(({id}) => selection.includes(id)) : []
      if (cells.length === 0) return false
      putCells(clipboard, cells)
      say(t('canvas.said.copied', {n: cells.length}))
      return true
    }

    async function paste(clipboard: DataTransfer): Promise<void> {
      const after = store.getState().selection.findLast(id => graph.cells.has(id))
      const made = pasteEdit(clipboard, graph, after)
      if (!made || !(await edit(made.edit))) return
      select(made.names)
      show(made.names)
      say(t('canvas.said.pasted', {n: made.names.length}))
    }

    return {connect, disconnect, add, remove, arrange, copy, paste, refuse}
  }, [graph, t, language, words, say, show, askPart])
}
