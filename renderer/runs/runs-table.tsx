// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list stand in no <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, and names the active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys
// The list itself: as many rows as are seen, however many there are; arrows move, Enter opens, Space chooses.
import {Checkbox, UnstyledButton} from '@mantine/core'
import {useElementSize, useMergedRef} from '@mantine/hooks'
import {IconStar, IconStarFilled} from '@tabler/icons-react'
import {type KeyboardEvent, useEffect, useId, useRef, useState} from 'react'
import type {RunRow} from '../../core/schema/history.ts'
import {store} from '../state/store.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import {cellOf, isRunField, widthOf} from './columns.ts'
import {goRun} from './go.ts'
import type {RunPages} from './run-pages.ts'
import {RunStateMark} from './run-state.tsx'
import css from './runs.module.css'

export type SortBy = {by: string; order: 'asc' | 'desc'} | undefined

/** Pixels; the style sheet says the same. */
const rowHeight = 32
/** Rows above and below what is seen, so that a turn of the wheel finds them there. */
const spare = 8

type Props = {
  pages: RunPages
  columns: string[]
  group: string | undefined
  sort: SortBy
  onSort: (sort: SortBy) => void
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
}

export function RunsTable({pages, columns, group, sort, onSort, selected, onSelect}: Props) {
  const t = useT()
  const gridId = useId()
  const {ref: sizeRef, height} = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [active, setActive] = useState(0)
  const {found, rowAt, need} = pages
  const total = found?.total ?? 0
  const seen = Math.max(1, Math.floor(height / rowHeight) - 1)
  const from = Math.max(0, Math.floor(top / rowHeight) - spare)
  const to = Math.min(total, from + seen + 2 * spare + 2)
  const key = found?.key

  useEffect(() => need(from, to), [need, from, to])
  // A new question begins at the top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the question is another
  useEffect(() => {
    scroller.current?.scrollTo({top: 0})
    setActive(0)
  }, [key])

  const shown = group && !columns.includes(group) ? [group, ...columns] : columns
  const template = `34px 34px ${shown.map(name => `${widthOf(name)}px`).join(' ')}`
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  const move = (index: number) => {
    const to = Math.max(0, Math.min(total - 1, index))
    setActive(to)
    const box = scroller.current
    if (!box) return
    // The header sticks to the top and hides a row.
    if (to * rowHeight < box.scrollTop) box.scrollTop = to * rowHeight
    const under = (to + 2) * rowHeight - box.clientHeight
    if (under > box.scrollTop) box.scrollTop = under
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey) return
    const row = rowAt(active)
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + seen,
      PageUp: active - seen,
      Home: 0,
      End: total - 1,
    }
    const index = moves[event.key]
    if (index !== undefined) {
      if (event.shiftKey && row && !selected.has(row.id)) toggle(row.id)
      move(index)
    } else if (event.key === 'Enter' && row) goRun(row.id)
    else if (event.key === ' ' && row) toggle(row.id)
    else if (event.key === 's' && row) void star(row, pages)
    else return
    event.preventDefault()
  }

  const indices = Array.from({length: Math.max(0, to - from)}, (_, i) => from + i)
  return (
    <div
      ref={useMergedRef(scroller, sizeRef)}
      className={css.scroller}
      role="grid"
      tabIndex={0}
      aria-label={t('runs.tableLabel')}
      aria-rowcount={total + 1}
      aria-colcount={shown.length + 2}
      aria-multiselectable
      aria-activedescendant={rowAt(active) ? `${gridId}-${active}` : undefined}
      aria-busy={pages.loading}
      onKeyDown={pressed}
      onScroll={event => setTop(event.currentTarget.scrollTop)}
    >
      <div
        className={css.head}
        role="row"
        aria-rowindex={1}
        style={{gridTemplateColumns: template}}
      >
        <span role="columnheader">
          <span className={css.unseen}>{t('runs.select')}</span>
        </span>
        <span role="columnheader">
          <span className={css.unseen}>{t('runs.star')}</span>
        </span>
        {shown.map(name => (
          <ColumnHead key={name} name={name} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div className={css.rows} role="rowgroup" style={{height: total * rowHeight}}>
        {indices.map(index => {
          const row = rowAt(index)
          const before = index > 0 ? rowAt(index - 1) : undefined
          return (
            <Row
              key={index}
              id={`${gridId}-${index}`}
              row={row}
              index={index}
              columns={shown}
              template={template}
              active={index === active}
              chosen={row !== undefined && selected.has(row.id)}
              group={group}
              begins={
                group !== undefined &&
                row !== undefined &&
                (!before || cellOf(before, group) !== cellOf(row, group))
              }
              onToggle={toggle}
              onActive={setActive}
              pages={pages}
            />
          )
        })}
      </div>
    </div>
  )
}

async function star(row: RunRow, pages: RunPages) {
  const to = !row.star
  pages.replace({...row, star: to})
  try {
    await store.getState().call('runs.mark', {id: row.id, star: to})
  } catch (error) {
    pages.replace(row)
    store.getState().fail(error)
  }
}

function ColumnHead({
  name,
  sort,
  onSort,
}: {
  name: string
  sort: SortBy
  onSort: (sort: SortBy) => void
}) {
  const t = useT()
  const order = sort?.by === name ? sort.order : undefined
  const title = isRunField(name)
    ? t(`runs.fields.${name}`)
    : name.replace(/^(metrics|params)\./, '')
  const sortable = name !== 'tags'
  const next: SortBy =
    order === undefined
      ? {by: name, order: name.startsWith('metrics.') ? 'desc' : 'asc'}
      : order === (name.startsWith('metrics.') ? 'desc' : 'asc')
        ? {by: name, order: order === 'asc' ? 'desc' : 'asc'}
        : undefined
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      aria-sort={order === undefined ? undefined : order === 'asc' ? 'ascending' : 'descending'}
      title={name}
    >
      {sortable ? (
        <UnstyledButton className={css.headButton} onClick={() => onSort(next)}>
          <span className={css.ellipsis}>{title}</span>
          {order && <span aria-hidden>{order === 'asc' ? '↑' : '↓'}</span>}
        </UnstyledButton>
      ) : (
        <span className={css.headButton}>{title}</span>
      )}
    </span>
  )
}

type RowProps = {
  id: string
  row: RunRow | undefined
  index: number
  columns: string[]
  template: string
  active: boolean
  chosen: boolean
  group: string | undefined
  /** The first of its group. */
  begins: boolean
  onToggle: (id: string) => void
  onActive: (index: number) => void
  pages: RunPages
}

function Row({id, row, index, columns, template, active, chosen, group, begins, ...on}: RowProps) {
  const t = useT()
  const {date} = useFormat()
  const place = {gridTemplateColumns: template, transform: `translateY(${index * rowHeight}px)`}
  if (!row)
    return (
      <div className={css.row} role="row" id={id} aria-rowindex={index + 2} style={place}>
        <span role="gridcell">…</span>
      </div>
    )
  const name = `${row.cell}, ${date(row.created)}`
  return (
    <div
      className={css.row}
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-active={active || undefined}
      data-begins={begins || undefined}
      style={place}
      onClick={() => on.onActive(index)}
      onDoubleClick={() => goRun(row.id)}
    >
      <span role="gridcell">
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={t('runs.selectOne', {name})}
          checked={chosen}
          onChange={() => on.onToggle(row.id)}
        />
      </span>
      <span role="gridcell">
        <UnstyledButton
          tabIndex={-1}
          className={css.star}
          aria-pressed={row.star}
          aria-label={t('runs.starOne', {name})}
          onClick={() => void star(row, on.pages)}
        >
          {row.star ? <IconStarFilled size={14} aria-hidden /> : <IconStar size={14} aria-hidden />}
        </UnstyledButton>
      </span>
      {columns.map((column, i) => (
        <span role="gridcell" key={column} className={css.cell}>
          {i === 0 ? (
            <UnstyledButton tabIndex={-1} className={css.link} onClick={() => goRun(row.id)}>
              <Value row={row} column={column} />
            </UnstyledButton>
          ) : column === group ? (
            begins && (
              <b>
                <Value row={row} column={column} />
              </b>
            )
          ) : (
            <Value row={row} column={column} />
          )}
        </span>
      ))}
    </div>
  )
}

/** What a run says in a column. What a person or a file wrote stands as text. */
function Value({row, column}: {row: RunRow; column: string}) {
  const {date, duration, figure} = useFormat()
  if (column === 'state') return <RunStateMark state={row.state} />
  const value = cellOf(row, column)
  if (value === undefined || value === null || value === '')
    return column === 'created' ? null : '—'
  if (column === 'created') return <>{date(row.created)}</>
  if (column === 'seconds') return <>{duration(Number(value) * 1000)}</>
  if (column === 'seed') return <>{String(value)}</>
  if (column === 'data') return <code>{String(value).slice(0, 8)}</code>
  return <>{typeof value === 'number' ? figure(value) : String(value)}</>
}
