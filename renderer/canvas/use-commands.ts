// The canvas's commands: its buttons, its keys, and what the palette lists of it.
import type {ReactFlowInstance} from '@xyflow/react'
import {useMemo} from 'react'
import {useScreenCommands} from '../state/screen-commands.ts'
import {store, useStore} from '../state/store.ts'
import type {Command} from '../ui/commands.ts'
import {useT} from '../ui/i18n.ts'
import {askInspector} from '../ui/inspect.ts'
import type {Actions} from './actions.ts'
import type {Asking} from './board.tsx'
import type {Graph} from './graph.ts'
import type {CellNode} from './node.tsx'
import type {CellEdge} from './use-nodes.ts'

/** `current`: the cell with the focus. `chosen`: the selected edges. */
export function useCanvasCommands({
  graph,
  actions,
  flow,
  current,
  chosen,
  ask,
}: {
  graph: Graph
  actions: Actions
  flow: ReactFlowInstance<CellNode, CellEdge>
  current: string | undefined
  chosen: readonly CellEdge[]
  ask: (asking: Asking) => void
}): Command[] {
  const t = useT()
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const placed = useStore(state => Object.keys(state.doc?.layout ?? {}).length > 0)
  const selected = useStore(state => state.selection.some(id => graph.cells.has(id)))
  const outline = useStore(state => state.settings.window['canvas.outline'] === true)
  const beside = useStore(({route}) => route.at === 'project' && route.view === 'split')

  const commands = useMemo((): Command[] => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const duration = calm ? 0 : 200
    const selection = () => store.getState().selection.filter(id => graph.cells.has(id))
    const here = () => selection().at(-1) ?? current
    const remove = () => {
      if (selection().length > 0) void actions.remove(selection())
      else void actions.disconnect(chosen.flatMap(({data}) => (data ? [data] : [])))
    }
    return [
      {
        id: 'canvas-add',
        title: t('canvas.commands.add'),
        keys: 'a',
        disabled: readOnly,
        run: () => ask({what: 'add', addition: {}}),
      },
      {
        id: 'canvas-connect',
        title: t('canvas.commands.connect'),
        keys: 'c',
        disabled: readOnly || current === undefined,
        run: () => {
          const from = here()
          if (from !== undefined) ask({what: 'connect', from})
        },
      },
      {
        id: 'canvas-open',
        title: t('canvas.commands.open'),
        disabled: current === undefined,
        run: () => {
          const id = here()
          if (id === undefined) return
          store.getState().select([id])
          askInspector(id)
        },
      },
      {
        id: 'canvas-delete',
        title: t('canvas.commands.delete'),
        keys: 'delete backspace',
        disabled: readOnly || (!selected && chosen.length === 0),
        run: remove,
      },
      {
        id: 'canvas-arrange',
        title: t('canvas.commands.arrange'),
        disabled: readOnly || !placed,
        run: () => void actions.arrange(),
      },
      {
        id: 'canvas-fit',
        title: t('canvas.commands.fit'),
        keys: 'f',
        run: () => void flow.fitView({padding: 0.1, maxZoom: 1, duration}),
      },
      {
        id: 'canvas-zoom-in',
        title: t('canvas.commands.zoomIn'),
        keys: '=',
        run: () => void flow.zoomIn({duration}),
      },
      {
        id: 'canvas-zoom-out',
        title: t('canvas.commands.zoomOut'),
        keys: '-',
        run: () => void flow.zoomOut({duration}),
      },
      {
        id: 'canvas-select-all',
        title: t('canvas.commands.selectAll'),
        keys: 'mod+a',
        run: () => store.getState().select([...graph.cells.keys()]),
      },
      {
        id: 'canvas-outline',
        title: t('canvas.commands.outline'),
        keys: 'o',
        run: () => store.getState().remember('canvas.outline', !outline),
      },
    ]
  }, [t, graph, actions, flow, current, chosen, ask, readOnly, placed, selected, outline])

  // Beside the notebook, single keys are for whichever of the two has the focus.
  const everywhere = useMemo(
    () => (beside ? commands.map(({keys: _, ...command}) => command) : commands),
    [beside, commands],
  )
  useScreenCommands(everywhere)
  return commands
}
