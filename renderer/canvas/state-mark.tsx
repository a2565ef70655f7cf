// How a cell stands: a shape and a word.
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconHourglassEmpty,
  IconPlayerPlay,
  IconPointFilled,
  IconRefresh,
} from '@tabler/icons-react'
import type {CellState} from '../state/document.ts'
import {useT} from '../ui/i18n.ts'
import css from './node.module.css'

const icons: Record<CellState, typeof IconCheck> = {
  fresh: IconCheck,
  stale: IconRefresh,
  queued: IconHourglassEmpty,
  running: IconPlayerPlay,
  failed: IconAlertTriangle,
  blocked: IconBan,
  later: IconClock,
  unknown: IconPointFilled,
}

export function StateMark({state}: {state: CellState}) {
  const t = useT()
  const Icon = icons[state]
  return (
    <span className={css.state} data-state={state}>
      <Icon size={13} aria-hidden />
      {t(`canvas.states.${state}`)}
    </span>
  )
}

/** The shape alone, for seeing from afar what is not as it should be. */
export function StateShape({state}: {state: CellState}) {
  const Icon = icons[state]
  if (state === 'fresh' || state === 'unknown') return null
  return <Icon size={30} aria-hidden className={css.state} data-state={state} />
}
