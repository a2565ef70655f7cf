import {Group, Text} from '@mantine/core'
import {
  IconAlertTriangle,
  IconBolt,
  IconCheck,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react'
import type {RunState} from '../../core/schema/run.ts'
import {useT} from '../ui/i18n.ts'

const looks = {
  running: [IconPlayerPlay, 'var(--bancada-info)'],
  finished: [IconCheck, 'var(--bancada-good)'],
  failed: [IconAlertTriangle, 'var(--bancada-bad)'],
  crashed: [IconBolt, 'var(--bancada-bad)'],
  cancelled: [IconPlayerStop, 'var(--mantine-color-dimmed)'],
} as const satisfies Record<RunState, unknown>

/** How a run stands, by shape and word. */
export function RunStateMark({state}: {state: RunState}) {
  const t = useT()
  const [Icon, color] = looks[state]
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Icon size={14} color={color} aria-hidden />
      <Text span size="sm">
        {t(`runs.state.${state}`)}
      </Text>
    </Group>
  )
}
