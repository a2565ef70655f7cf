import {Group, Text} from '@mantine/core'
import {
  IconArchive,
  IconCircleDashed,
  IconFlask2,
  IconRosetteDiscountCheck,
} from '@tabler/icons-react'
import type {Stage} from '../../core/schema/value.ts'
import {useT} from '../ui/i18n.ts'

const icons = {
  none: IconCircleDashed,
  staging: IconFlask2,
  production: IconRosetteDiscountCheck,
  archived: IconArchive,
} as const satisfies Record<Stage, unknown>

/** A stage by shape and word. */
export function StageMark({stage}: {stage: Stage}) {
  const t = useT()
  const Icon = icons[stage]
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Icon
        size={14}
        aria-hidden
        color={stage === 'production' ? 'var(--bancada-good)' : 'var(--mantine-color-dimmed)'}
      />
      <Text span size="sm" fw={stage === 'production' ? 600 : 400}>
        {t(`models.stages.${stage}`)}
      </Text>
    </Group>
  )
}
