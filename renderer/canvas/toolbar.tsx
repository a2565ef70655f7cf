import {ActionIcon, Group, Tooltip} from '@mantine/core'
import {
  IconArrowsMaximize,
  IconLayoutDistributeHorizontal,
  IconLink,
  IconListTree,
  IconPlus,
  IconTrash,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import type {Command} from '../ui/commands.ts'
import {useT} from '../ui/i18n.ts'
import {shownKeys} from '../ui/keyboard.ts'
import css from './board.module.css'

const icons: Record<string, typeof IconPlus> = {
  'canvas-add': IconPlus,
  'canvas-connect': IconLink,
  'canvas-delete': IconTrash,
  'canvas-arrange': IconLayoutDistributeHorizontal,
  'canvas-fit': IconArrowsMaximize,
  'canvas-zoom-in': IconZoomIn,
  'canvas-zoom-out': IconZoomOut,
  'canvas-outline': IconListTree,
}

/** The canvas's commands as buttons: those that have an icon. `pressed`: ids of those that are on. */
export function Toolbar({commands, pressed}: {commands: readonly Command[]; pressed: string[]}) {
  const t = useT()
  return (
    <Group gap={2} className={css.toolbar} role="toolbar" aria-label={t('canvas.toolbar')}>
      {commands.map(({id, title, keys, run, disabled}) => {
        const Icon = icons[id]
        if (!Icon) return null
        const key = keys?.split(' ')[0]
        return (
          <Tooltip key={id} label={key ? `${title} (${shownKeys(key)})` : title}>
            <ActionIcon
              aria-label={title}
              aria-pressed={id === 'canvas-outline' ? pressed.includes(id) : undefined}
              variant={pressed.includes(id) ? 'light' : 'subtle'}
              disabled={disabled}
              onClick={run}
            >
              <Icon size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )
      })}
    </Group>
  )
}
