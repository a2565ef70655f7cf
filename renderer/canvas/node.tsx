// One cell on the canvas. Each follows its own state, so that a running cell does not draw the others again.
import {Handle, type Node, type NodeProps, Position, useStore as useFlow} from '@xyflow/react'
import {memo} from 'react'
import type {Port} from '../../core/schema/value.ts'
import {faultOf, resultOf, stateOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {useFormat, useKindWords, useSaid, useT} from '../ui/i18n.ts'
import {PortShape} from '../ui/port-shape.tsx'
import css from './node.module.css'
import {StateMark, StateShape} from './state-mark.tsx'

export type CellData = {
  name: string
  kind: string
  /** Whether it has a port on this side. */
  in: boolean
  out: boolean
  connected: boolean
  /** What arrives at its first input, or would. */
  takes?: Port
  gives?: Port
}
export type CellNode = Node<CellData, 'cell'>

/** Below this zoom the small words cannot be read, nor a port be aimed at: a node is a large name and a mark then. */
const farBelow = 0.4
const isFar = (state: {transform: [number, number, number]}) => state.transform[2] < farBelow

export const CellView = memo(({id, data, isConnectable}: NodeProps<CellNode>) => {
  const far = useFlow(isFar)
  const state = useStore(({doc}) => (doc ? stateOf(doc, id) : 'unknown'))
  if (far)
    return (
      <div className={css.node} data-state={state}>
        {data.in && <FarPort type="target" at={Position.Left} />}
        <span className={css.far}>
          <span className={css.farName}>{data.name}</span>
          <StateShape state={state} />
        </span>
        {data.out && <FarPort type="source" at={Position.Right} />}
      </div>
    )
  const port = {className: css.port, isConnectable}
  return (
    <div className={css.node} data-state={state}>
      {data.in && (
        <Handle {...port} type="target" position={Position.Left}>
          {data.takes && <PortShape port={data.takes} filled={data.connected} />}
        </Handle>
      )}
      <Near id={id} data={data} />
      {data.out && (
        <Handle {...port} type="source" position={Position.Right}>
          {data.gives && <PortShape port={data.gives} />}
        </Handle>
      )}
    </div>
  )
})

/** Where an edge ends, as React Flow looks for it; without the work of a port that can be dragged from. */
const FarPort = ({type, at}: {type: 'source' | 'target'; at: Position}) => (
  <span
    className={`react-flow__handle react-flow__handle-${at} ${type} ${css.port}`}
    data-handlepos={at}
  />
)

function Near({id, data}: {id: string; data: CellData}) {
  const t = useT()
  const words = useKindWords()
  const info = useStore(({kinds}) => kinds[data.kind])
  const state = useStore(({doc}) => (doc ? stateOf(doc, id) : 'unknown'))
  const title = info ? words(data.kind, info).title : data.kind
  return (
    <>
      <span className={css.kind}>
        <span className={css.kindTitle}>{title}</span>
        {data.gives && <span>{t(`common.what.${data.gives}`)}</span>}
      </span>
      <span className={css.name} title={data.name}>
        {data.name}
      </span>
      <span className={css.foot}>
        <StateMark state={state} />
        {state === 'running' ? <Course id={id} /> : <Result id={id} />}
      </span>
    </>
  )
}

/** Rows and time of the result, or what went wrong. */
function Result({id}: {id: string}) {
  const t = useT()
  const {whole, duration} = useFormat()
  const said = useSaid()
  const result = useStore(({doc}) => (doc ? resultOf(doc, id) : undefined))
  const fault = useStore(({doc}) => (doc ? faultOf(doc, id) : undefined))
  if (fault)
    return (
      <span className={css.figures} title={said.fault(fault).message}>
        {said.fault(fault).message}
      </span>
    )
  if (!result) return null
  const {rows, ms} = result
  return (
    <span className={css.figures}>
      {rows !== undefined && `${t('common.rows', {n: rows, rows: whole(rows)})} · `}
      {duration(ms)}
    </span>
  )
}

/** How far a running cell has come. */
function Course({id}: {id: string}) {
  const t = useT()
  const {percent} = useFormat()
  const progress = useStore(({doc}) => {
    const event = doc?.live[id]
    return event?.state === 'running' ? event.progress : undefined
  })
  const done = progress?.done
  const message = useSaid().progress(progress)
  return (
    <>
      <span className={css.figures}>{message ?? (done !== undefined && percent(done))}</span>
      <span
        className={css.course}
        role="progressbar"
        aria-label={t('canvas.progress', {name: id})}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={done === undefined ? undefined : Math.round(done * 100)}
        data-open={done === undefined || undefined}
      >
        <span style={{transform: `scaleX(${done ?? 0.3})`}} />
      </span>
    </>
  )
}
