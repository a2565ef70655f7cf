// The drawing: what the pointer and the keyboard do on it.
import '@xyflow/react/dist/base.css'
import {VisuallyHidden} from '@mantine/core'
import {
  Background,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  type Viewport,
} from '@xyflow/react'
import {type MouseEvent as Click, useCallback, useId, useMemo, useRef, useState} from 'react'
import {store, useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import {askInspector} from '../ui/inspect.ts'
import {type Addition, useActions} from './actions.ts'
import {AddStep} from './add-step.tsx'
import css from './board.module.css'
import {judge} from './connect.ts'
import {ConnectTo, WhichPart} from './connect-to.tsx'
import {type CellNode, CellView} from './node.tsx'
import {Outline} from './outline.tsx'
import {Toolbar} from './toolbar.tsx'
import {useCanvasCommands} from './use-commands.ts'
import {useGraph} from './use-graph.ts'
import {useKeys} from './use-keys.ts'
import {
  type CellEdge,
  type Moved,
  selectionAfter,
  useEdges,
  useNodes,
  usePlaces,
} from './use-nodes.ts'
import {firstView, useSight} from './use-sight.ts'

const nodeTypes = {cell: CellView}
const overview = {width: 150, height: 100}
const noEdges: ReadonlySet<string> = new Set()
/** Where each document was looked at last, as long as the window is open. */
const viewports = new Map<string, Viewport>()

export type Asking =
  | {what: 'add'; addition: Addition}
  | {what: 'connect'; from: string}
  | {what: 'part'; from: string; to: string}

export function Board({path}: {path: string}) {
  return (
    <ReactFlowProvider>
      <Drawing path={path} />
    </ReactFlowProvider>
  )
}

function Drawing({path}: {path: string}) {
  const t = useT()
  const help = useId()
  const graph = useGraph()
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const outline = useStore(state => state.settings.window['canvas.outline'] === true)
  const {base, places, setMoved, save} = usePlaces(graph)
  const [asking, setAsking] = useState<Asking>()
  const [said, say] = useState('')
  const [chosenEdges, setChosenEdges] = useState(noEdges)
  const ground = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(viewports.get(path))
  const {flow, current, setCurrent, show} = useSight(graph, places, ground)
  const nodes = useNodes(graph, places, current)
  const edges = useEdges(graph, chosenEdges)
  const askPart = useCallback((from: string, to: string) => setAsking({what: 'part', from, to}), [])
  const actions = useActions(graph, {say, show, askPart})
  const {connect} = actions
  const chosen = useMemo(() => edges.filter(({id}) => chosenEdges.has(id)), [edges, chosenEdges])
  const commands = useCanvasCommands({graph, actions, flow, current, chosen, ask: setAsking})
  const keys = useKeys({graph, places, actions, commands, current, ground, show, setMoved, save})
  const close = useCallback(() => setAsking(undefined), [])

  const changed = useCallback(
    (changes: NodeChange<CellNode>[]) => {
      const moves: Moved = {}
      for (const change of changes)
        if (change.type === 'position' && change.position) moves[change.id] = change.position
      if (Object.keys(moves).length > 0) setMoved(before => ({...before, ...moves}))
      if (!changes.some(({type}) => type === 'select')) return
      const {selection, select} = store.getState()
      const after = selectionAfter(changes, selection).filter(id => graph.cells.has(id))
      if (after.join('\n') !== selection.join('\n')) select(after)
    },
    [graph, setMoved],
  )

  const dropped = useCallback(
    (nodes: readonly CellNode[]) => {
      const moves = nodes.filter(({id, position}) => {
        const was = base.get(id)
        return was?.x !== position.x || was.y !== position.y
      })
      if (moves.length === 0) return setMoved({})
      void save(Object.fromEntries(moves.map(({id, position}) => [id, position])))
    },
    [base, save, setMoved],
  )

  const edgesChanged = useCallback(
    (changes: EdgeChange<CellEdge>[]) =>
      setChosenEdges(before => {
        const after = new Set(before)
        for (const change of changes)
          if (change.type === 'select') after[change.selected ? 'add' : 'delete'](change.id)
        return after
      }),
    [],
  )
  const isValid = useCallback(
    ({source, target}: {source: string; target: string}) =>
      judge(graph, source, target).do !== 'refuse',
    [graph],
  )
  const connectTo = useCallback((from: string) => setAsking({what: 'connect', from}), [])
  const go = useCallback(
    (id: string) => {
      store.getState().select([id])
      show([id])
    },
    [show],
  )

  const connected = (
    event: MouseEvent | TouchEvent,
    {fromNode, fromHandle, toNode}: FinalConnectionState,
  ) => {
    if (!fromNode || !fromHandle) return
    const at = 'changedTouches' in event ? event.changedTouches[0]! : event
    const under = document.elementFromPoint(at.clientX, at.clientY)
    // The whole cell takes an edge, not its port alone.
    const other = toNode?.id ?? under?.closest('.react-flow__node')?.getAttribute('data-id')
    const backwards = fromHandle.type === 'target'
    if (other === fromNode.id) return
    if (other) return void (backwards ? connect(other, fromNode.id) : connect(fromNode.id, other))
    if (backwards || !under?.closest('.react-flow__pane')) return
    const place = flow.screenToFlowPosition({x: at.clientX, y: at.clientY})
    setAsking({what: 'add', addition: {at: place, source: {id: fromNode.id}}})
  }

  const doubleClicked = (event: Click) => {
    const on = event.target as Element
    const id = on.closest('.react-flow__node')?.getAttribute('data-id')
    if (id) return askInspector(id)
    if (readOnly || !on.classList.contains('react-flow__pane')) return
    const at = flow.screenToFlowPosition({x: event.clientX, y: event.clientY})
    setAsking({what: 'add', addition: {at}})
  }

  return (
    <div className={css.board}>
      <Toolbar commands={commands} pressed={outline ? ['canvas-outline'] : []} />
      <div className={css.middle}>
        {outline && (
          <Outline graph={graph} disconnect={actions.disconnect} connectTo={connectTo} go={go} />
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the drawing inside is the application */}
        <div
          ref={element => {
            ground.current = element
            // Known before anything is drawn, so that nothing jumps.
            if (element && !view) setView(firstView(places, element.getBoundingClientRect()))
          }}
          className={css.flow}
          tabIndex={-1}
          onKeyDown={keys}
          onDoubleClick={doubleClicked}
          onFocus={event => {
            const node = (event.target as Element).closest('.react-flow__node')
            if (node) setCurrent(node.getAttribute('data-id') ?? undefined)
          }}
        >
          {view && (
            <ReactFlow<CellNode, CellEdge>
              nodes={nodes}
              edges={edges}
              nodeTypes={nodeTypes}
              aria-label={t('canvas.title')}
              aria-describedby={help}
              onNodesChange={changed}
              onEdgesChange={edgesChanged}
              onNodeDragStop={(_, __, nodes) => dropped(nodes)}
              onSelectionDragStop={(_, nodes) => dropped(nodes)}
              onConnectEnd={connected}
              isValidConnection={isValid}
              onMoveEnd={(_, viewport) => viewports.set(path, viewport)}
              defaultViewport={view}
              minZoom={0.05}
              maxZoom={2}
              panOnScroll
              zoomOnDoubleClick={false}
              snapToGrid
              snapGrid={[8, 8]}
              onlyRenderVisibleElements
              nodesDraggable={!readOnly}
              nodesConnectable={!readOnly}
              connectOnClick={false}
              connectionRadius={16}
              edgesFocusable={false}
              disableKeyboardA11y
              deleteKeyCode={null}
              panActivationKeyCode={null}
              multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
              proOptions={{hideAttribution: true}}
            >
              <Background gap={24} size={1.5} />
              <MiniMap pannable zoomable style={overview} ariaLabel={t('canvas.minimap')} />
            </ReactFlow>
          )}
          <VisuallyHidden id={help}>{t('canvas.help')}</VisuallyHidden>
          <VisuallyHidden role="status">{said}</VisuallyHidden>
        </div>
      </div>
      <AddStep
        graph={graph}
        wanted={asking?.what === 'add' ? asking.addition : undefined}
        close={close}
        add={actions.add}
      />
      <ConnectTo
        graph={graph}
        from={asking?.what === 'connect' ? asking.from : undefined}
        close={close}
        connect={connect}
      />
      <WhichPart
        ends={asking?.what === 'part' ? asking : undefined}
        close={close}
        connect={connect}
      />
    </div>
  )
}
