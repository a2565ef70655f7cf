// A column's heading: its name, its type, how it is sorted and filtered, its profile, and the handle that resizes it.
import {ActionIcon, Text, UnstyledButton} from '@mantine/core'
import {
  IconAbc,
  IconArrowDown,
  IconArrowUp,
  IconBraces,
  IconCalendar,
  IconDotsVertical,
  IconFilter,
  IconHash,
  IconPhoto,
  IconPinned,
  IconToggleLeft,
} from '@tabler/icons-react'
import type {PointerEvent, ReactNode} from 'react'
import type {ColumnProfile} from '../../core/schema/profile.ts'
import type {ColumnKind} from '../../core/schema/table.ts'
import {useT} from '../ui/i18n.ts'
import {ColumnBars} from './bars.tsx'
import {narrowest, type Placed, widest} from './columns.ts'
import {dragHeading} from './drag-column.ts'
import css from './header.module.css'

const icons: Record<ColumnKind, typeof IconHash> = {
  number: IconHash,
  boolean: IconToggleLeft,
  category: IconAbc,
  date: IconCalendar,
  image: IconPhoto,
  other: IconBraces,
}

export type HeadingProps = {
  placed: Placed
  /** How it is sorted, and as which of several keys. */
  sort?: {order: 'asc' | 'desc'; place?: number | undefined} | undefined
  filtered: boolean
  profile?: {column: ColumnProfile; rows: number} | undefined
  onSort: (more: boolean) => void
  onMenu: () => void
  onResize: (width: number) => void
  onFit: () => void
  /** Dropped at a place among the shown columns. */
  onMove: (to: number) => void
  /** What the menu button opens, around the button. */
  around: (button: ReactNode) => ReactNode
}

export function Heading(props: HeadingProps) {
  const {placed, sort, filtered, profile, onSort} = props
  const t = useT()
  const {column} = placed
  const Icon = icons[column.kind]
  const menu = (
    <ActionIcon
      size="sm"
      tabIndex={-1}
      aria-label={t('table.column.menu', {column: column.name})}
      onClick={props.onMenu}
    >
      <IconDotsVertical size={14} aria-hidden />
    </ActionIcon>
  )
  return (
    <>
      <div className={css.title}>
        <UnstyledButton
          className={css.name}
          tabIndex={-1}
          title={`${column.name} · ${column.type}`}
          onClick={event => onSort(event.shiftKey)}
          onPointerDown={event => dragHeading(event, props.onMove)}
        >
          <Icon size={14} aria-hidden className={css.icon} />
          <span className={css.text}>{column.name}</span>
          {placed.pinned && <IconPinned size={12} aria-hidden className={css.icon} />}
          {filtered && <IconFilter size={12} aria-label={t('table.column.filtered')} />}
          {sort && (
            <span className={css.sort}>
              {sort.order === 'asc' ? (
                <IconArrowUp size={14} aria-hidden />
              ) : (
                <IconArrowDown size={14} aria-hidden />
              )}
              {sort.place}
            </span>
          )}
        </UnstyledButton>
        {props.around(menu)}
      </div>
      <Text size="xs" c="dimmed" truncate component="div" className={css.type}>
        {column.type}
      </Text>
      {profile && <ColumnBars column={profile.column} rows={profile.rows} />}
      <Resizer width={placed.width} onResize={props.onResize} onFit={props.onFit} />
    </>
  )
}

type ResizerProps = {width: number; onResize: (width: number) => void; onFit: () => void}

/** For the mouse; the column's menu does the same from the keyboard. */
function Resizer({width, onResize, onFit}: ResizerProps) {
  const began = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    const from = event.clientX
    const move = (to: globalThis.PointerEvent) =>
      onResize(Math.min(widest, Math.max(narrowest, width + to.clientX - from)))
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', () =>
      handle.removeEventListener('pointermove', move),
    )
  }
  return <div className={css.resizer} onPointerDown={began} onDoubleClick={onFit} aria-hidden />
}
