// What can be done with one column: sort, filter, pin, hide, move, resize.
import {ActionIcon, Button, Group, SegmentedControl, Stack, Text, Tooltip} from '@mantine/core'
import {
  IconArrowAutofitWidth,
  IconArrowLeft,
  IconArrowRight,
  IconEyeOff,
  IconMinus,
  IconPin,
  IconPinnedOff,
  IconPlus,
} from '@tabler/icons-react'
import type {ReactNode} from 'react'
import type {ColumnProfile} from '../../core/schema/profile.ts'
import type {Condition} from '../../core/schema/view.ts'
import {useT} from '../ui/i18n.ts'
import type {Placed} from './columns.ts'
import {FilterForm} from './filter-form.tsx'

export type ColumnActions = {
  sort: (order: 'asc' | 'desc' | undefined) => void
  filter: (conditions: Condition[]) => void
  pin: (on: boolean) => void
  hide: () => void
  move: (by: -1 | 1) => void
  resize: (by: number) => void
  fit: () => void
}

type ColumnPanelProps = {
  placed: Placed
  order: 'asc' | 'desc' | undefined
  conditions: Condition[]
  profile?: ColumnProfile | undefined
  can: {hide: boolean; left: boolean; right: boolean}
  actions: ColumnActions
}

export function ColumnPanel({placed, order, conditions, profile, can, actions}: ColumnPanelProps) {
  const t = useT()
  const {column, pinned} = placed
  return (
    <Stack gap="sm" w={280}>
      <div>
        <Text fw={600} size="sm" style={{overflowWrap: 'anywhere'}}>
          {column.name}
        </Text>
        <Text size="xs" c="dimmed" ff="monospace" lineClamp={3}>
          {column.type}
        </Text>
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t('table.column.sort')}
        value={order ?? 'none'}
        onChange={value => actions.sort(value === 'none' ? undefined : (value as 'asc' | 'desc'))}
        data={[
          {value: 'none', label: t('table.column.unsorted')},
          {value: 'asc', label: t('table.column.ascending')},
          {value: 'desc', label: t('table.column.descending')},
        ]}
      />
      <FilterForm
        column={column}
        conditions={conditions}
        profile={profile}
        onApply={actions.filter}
      />
      <Group gap={4} wrap="wrap">
        <Button
          variant="default"
          leftSection={
            pinned ? <IconPinnedOff size={14} aria-hidden /> : <IconPin size={14} aria-hidden />
          }
          onClick={() => actions.pin(!pinned)}
        >
          {t(pinned ? 'table.column.unpin' : 'table.column.pin')}
        </Button>
        <Button
          variant="default"
          disabled={!can.hide}
          leftSection={<IconEyeOff size={14} aria-hidden />}
          onClick={actions.hide}
        >
          {t('table.column.hide')}
        </Button>
      </Group>
      <Group gap={4}>
        <Act label={t('table.column.left')} disabled={!can.left} run={() => actions.move(-1)}>
          <IconArrowLeft size={16} aria-hidden />
        </Act>
        <Act label={t('table.column.right')} disabled={!can.right} run={() => actions.move(1)}>
          <IconArrowRight size={16} aria-hidden />
        </Act>
        <Act label={t('table.column.narrower')} run={() => actions.resize(-40)}>
          <IconMinus size={16} aria-hidden />
        </Act>
        <Act label={t('table.column.wider')} run={() => actions.resize(40)}>
          <IconPlus size={16} aria-hidden />
        </Act>
        <Act label={t('table.column.fit')} run={actions.fit}>
          <IconArrowAutofitWidth size={16} aria-hidden />
        </Act>
      </Group>
    </Stack>
  )
}

type ActProps = {label: string; disabled?: boolean; run: () => void; children: ReactNode}

function Act({label, disabled = false, run, children}: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} disabled={disabled} onClick={run}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
