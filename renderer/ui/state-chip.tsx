// How a cell stands, by shape and word.
import {Text} from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconHourglass,
  IconLoader2,
  IconPlayerPause,
} from '@tabler/icons-react'
import type {CellState} from '../state/document.ts'
import {useT} from './i18n.ts'
import css from './state-chip.module.css'

const icons: Record<CellState, typeof IconClock> = {
  fresh: IconCircleCheck,
  stale: IconCircleDashed,
  queued: IconClock,
  running: IconLoader2,
  failed: IconAlertTriangle,
  blocked: IconPlayerPause,
  later: IconHourglass,
  unknown: IconCircleDashed,
}

export function StateChip({state, detail}: {state: CellState; detail?: string}) {
  const t = useT()
  const Icon = icons[state]
  return (
    <span className={css.chip} data-state={state}>
      <Icon size={14} aria-hidden className={state === 'running' ? css.turning : undefined} />
      <Text span size="xs">
        {t(`notebook.states.${state}`)}
        {detail}
      </Text>
    </span>
  )
}
