// One table in the grid: what is shown of it, in which order, and what is chosen.
import {Button, Group, Popover, Text} from '@mantine/core'
import {useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore} from 'react'
import {useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useLanguage, useT} from '../ui/i18n.ts'
import {cellTexts} from './cell-text.ts'
import {ColumnPanel} from './column-panel.tsx'
import {layOut, narrowest, type Placed, shownColumns, usualWidth, widest} from './columns.ts'
import {useCopy} from './copy.ts'
import css from './grid.module.css'
import {Heading} from './header.tsx'
import type {TableInfo} from './info.ts'
import {useLook} from './look.ts'
import {useProfile} from './profiles.ts'
import {Rows} from './rows.ts'
import {at, boxOf, type Selection} from './selection.ts'
import {Sheet, type SheetHandle} from './sheet.tsx'
import {Tools} from './tools.tsx'
import {Viewer} from './viewer.tsx'
import {Waiting} from './waiting.tsx'

type Ready = Extract<TableInfo, {state: 'ready'}>

/** A table of more rows is profiled when somebody asks for it: it takes longer than a glance. */
const profiledAtOnce = 500_000
/** By which keys with Alt a column goes along its heading's row. */
const sideways = {arrowleft: -1, arrowright: 1}
/** px of a heading without a profile, and with one. */
const [plainHeader, profiledHeader] = [44, 104]

export function TableSheet(props: {document: string; table: string; info: Ready}) {
  const {document, table, info} = props
  const t = useT()
  const language = useLanguage()
  const {whole} = useFormat()
  const folder = useStore(state => state.project?.folder)
  const {look, change} = useLook(JSON.stringify([folder, document, table]))
  const [selection, setSelection] = useState<Selection>(at({row: 0, column: 0}))
  const [menu, setMenu] = useState<string>()
  const [viewing, setViewing] = useState(false)
  const sheet = useRef<SheetHandle>(null)
  const profiling = useProfile(
    {document, table, version: info.hash},
    {begin: info.rows <= profiledAtOnce},
  )
  const profile = profiling.now.state === 'done' ? profiling.now.profile : undefined
  const profiles = useMemo(() => new Map(profile?.columns.map(c => [c.name, c])), [profile])

  const rows = useRows(document, table, info, look)
  const version = useSyncExternalStore(
    useCallback(heard => rows?.subscribe(heard) ?? (() => {}), [rows]),
    () => rows?.version ?? 0,
  )
  const length = rows?.length ?? info.rows
  const gutter = Math.max(44, whole(length).length * 8 + 20)
  const layout = useMemo(() => layOut(info.columns, look, gutter), [info.columns, look, gutter])
  const texts = useMemo(
    () => cellTexts(language, {missing: t('table.value.missing'), empty: t('table.value.empty')}),
    [language, t],
  )
  const textAt = useCallback(
    (row: number, {column}: Placed) => {
      const value = rows?.at(row, column.name)
      return value === undefined ? undefined : texts(value, column)
    },
    [rows, texts],
  )
  const want = useCallback(
    (first: number, last: number, columns: string[]) => rows?.want(first, last, columns),
    [rows],
  )
  const copy = useCopy(rows, layout)
  const {sort, filter, search} = look
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view begins at its top
  useEffect(() => {
    setSelection(({cursor}) => at({row: Math.min(0, cursor.row), column: cursor.column}))
    sheet.current?.toTop()
  }, [sort, filter, search])

  const sortBy = (name: string, order: 'asc' | 'desc' | undefined, more: boolean) => {
    const others = more ? look.sort.filter(s => s.by !== name) : []
    change({sort: order ? [...others, {by: name, order}] : others})
  }
  const toggleSort = (name: string, more: boolean) => {
    const now = look.sort.find(s => s.by === name)?.order
    sortBy(name, now === undefined ? 'asc' : now === 'asc' ? 'desc' : undefined, more)
  }
  const resize = (placed: Placed, width: number) =>
    change({
      widths: {
        ...look.widths,
        [placed.column.name]: Math.min(widest, Math.max(narrowest, Math.round(width))),
      },
    })
  const fitWidth = (placed: Placed) => {
    const {top, bottom} = boxOf(selection)
    const near = Array.from({length: 200}, (_, i) => Math.max(0, top - 100) + i)
    const longest = Math.max(0, ...[...near, bottom].map(r => textAt(r, placed)?.text.length ?? 0))
    resize(placed, Math.max(longest * 7.5 + 24, usualWidth(placed.column) - 40))
  }
  /** To a place among the shown columns; pinned ones stay among themselves. */
  const move = ({column, index, pinned}: Placed, to: number) => {
    if (layout.all[to]?.pinned !== pinned) return
    const names = shownColumns(info.columns, look).map(c => c.name)
    names.splice(index, 1)
    names.splice(to, 0, column.name)
    change({order: names})
    // The cursor goes with its column.
    if (selection.cursor.row < 0 && selection.cursor.column === index)
      setSelection(at({row: -1, column: to}))
  }

  const onKey = (event: React.KeyboardEvent, {cursor}: Selection) => {
    const placed = layout.all[cursor.column]
    const mod = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    const done = () => event.preventDefault()
    if (mod && key === 'c') {
      done()
      void copy.copy(selection)
    } else if (mod && key === 'a') {
      done()
      const last = {row: Math.max(0, length - 1), column: layout.all.length - 1}
      setSelection({anchor: last, cursor: {row: 0, column: 0}})
    } else if (event.altKey && event.key === 'ArrowDown' && placed) {
      done()
      setMenu(placed.column.name)
    } else if (event.altKey && key in sideways && cursor.row < 0 && placed) {
      done()
      move(placed, placed.index + sideways[key as keyof typeof sideways])
    } else if ((key === 'enter' || key === ' ') && placed) {
      done()
      if (cursor.row < 0) toggleSort(placed.column.name, event.shiftKey)
      else setViewing(open => !open)
    } else if (key === 'escape' && viewing) {
      done()
      setViewing(false)
    }
  }
  const closeMenu = () => {
    setMenu(undefined)
    sheet.current?.focus()
  }

  const heading = (placed: Placed) => {
    const {name} = placed.column
    const sort = look.sort.find(s => s.by === name)
    const column = profiles.get(name)
    const neighbour = (by: number) => layout.all[placed.index + by]?.pinned === placed.pinned
    return (
      <Heading
        placed={placed}
        sort={
          sort && {
            order: sort.order,
            place: look.sort.length > 1 ? look.sort.indexOf(sort) + 1 : undefined,
          }
        }
        filtered={look.filter.some(f => f.column === name)}
        profile={column && profile && {column, rows: profile.rows}}
        onSort={more => toggleSort(name, more)}
        onMenu={() => setMenu(menu === name ? undefined : name)}
        onResize={width => resize(placed, width)}
        onFit={() => fitWidth(placed)}
        onMove={to => move(placed, to)}
        around={button =>
          menu !== name ? (
            button
          ) : (
            <Popover
              opened
              onClose={closeMenu}
              trapFocus
              withinPortal
              position="bottom-end"
              closeOnEscape
            >
              <Popover.Target>{button as React.ReactElement}</Popover.Target>
              <Popover.Dropdown aria-label={t('table.column.menu', {column: name})}>
                <ColumnPanel
                  placed={placed}
                  order={sort?.order}
                  conditions={look.filter.filter(f => f.column === name)}
                  profile={column}
                  can={{hide: layout.all.length > 1, left: neighbour(-1), right: neighbour(1)}}
                  actions={{
                    sort: order => sortBy(name, order, look.sort.length > 1),
                    filter: made => {
                      change({filter: [...look.filter.filter(f => f.column !== name), ...made]})
                      closeMenu()
                    },
                    pin: on =>
                      change({
                        pinned: on ? [...look.pinned, name] : look.pinned.filter(p => p !== name),
                      }),
                    hide: () => {
                      change({hidden: [...look.hidden, name]})
                      closeMenu()
                    },
                    move: by => move(placed, placed.index + by),
                    resize: by => resize(placed, placed.width + by),
                    fit: () => fitWidth(placed),
                  }}
                />
              </Popover.Dropdown>
            </Popover>
          )
        }
      />
    )
  }

  const chosen = layout.all[selection.cursor.column]
  const box = boxOf(selection)
  const chosenRows = box.bottom - box.top + 1
  const chosenColumns = box.right - box.left + 1
  return (
    <div className={css.sheet}>
      <Tools
        columns={info.columns}
        look={look}
        change={change}
        texts={texts}
        length={length}
        profiling={profiling}
        onGo={row => {
          setSelection(at({row, column: selection.cursor.column}))
          sheet.current?.focus()
        }}
      />
      {rows?.fault && (
        <FaultAlert fault={rows.fault}>
          <Button variant="default" onClick={() => rows.again()}>
            {t('common.tryAgain')}
          </Button>
          <Button variant="default" onClick={() => change({sort: [], filter: [], search: ''})}>
            {t('table.plain')}
          </Button>
        </FaultAlert>
      )}
      {rows && <Waiting rows={rows} onPlain={() => change({sort: [], filter: [], search: ''})} />}
      <div className={css.area}>
        {rows?.total === 0 ? (
          <Text className={css.empty} size="sm">
            {t(look.filter.length > 0 || look.search ? 'table.noneFound' : 'table.noRows')}
          </Text>
        ) : (
          <Sheet
            handle={sheet}
            label={t('table.label', {table})}
            layout={layout}
            length={length > 0 ? length : 30}
            counted={rows?.total !== undefined}
            version={version}
            textAt={textAt}
            want={want}
            headerHeight={profile ? profiledHeader : plainHeader}
            header={heading}
            sortOf={name => {
              const order = look.sort.find(s => s.by === name)?.order
              return order && (order === 'asc' ? 'ascending' : 'descending')
            }}
            rowNumber={row => whole(row + 1)}
            selection={selection}
            onSelect={setSelection}
            onKey={onKey}
            onOpen={() => setViewing(true)}
          />
        )}
      </div>
      {viewing && chosen && selection.cursor.row >= 0 && (
        <Viewer
          column={chosen.column}
          row={selection.cursor.row}
          value={rows?.at(selection.cursor.row, chosen.column.name)}
          onClose={() => {
            setViewing(false)
            sheet.current?.focus()
          }}
        />
      )}
      <div className={css.foot}>
        <Text size="xs" c="dimmed" role="status">
          {rows?.total === undefined
            ? t(length === 0 ? 'table.foot.counting' : 'table.foot.atLeast', {n: length})
            : t('common.rows', {n: rows.total})}
          {rows?.total !== undefined && rows.total !== info.rows
            ? ` ${t('table.foot.of', {n: info.rows})}`
            : ''}
          {` × ${t('common.columns', {n: layout.all.length})}`}
          {layout.all.length < info.columns.length
            ? ` ${t('table.foot.of', {n: info.columns.length})}`
            : ''}
          {chosenRows * chosenColumns > 1
            ? ` · ${t('table.foot.chosen', {rows: chosenRows, columns: chosenColumns})}`
            : ''}
        </Text>
        {copy.running ? (
          <Group gap="xs">
            <Text size="xs" role="status">
              {t('table.copy.running', {n: copy.running.done})}
            </Text>
            <Button variant="default" size="compact-xs" onClick={copy.stop}>
              {t('common.stop')}
            </Button>
          </Group>
        ) : (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => void copy.copy(selection)}
            disabled={length === 0}
          >
            {t('common.copy')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The rows of what is asked for; others when the result or the question changes. */
function useRows(
  document: string,
  table: string,
  info: Ready,
  look: ReturnType<typeof useLook>['look'],
) {
  const call = useStore(state => state.call)
  const {sort, filter, search} = look
  const searched = useMemo(
    () => (search === '' ? '' : JSON.stringify(shownColumns(info.columns, look).map(c => c.name))),
    [search, info.columns, look],
  )
  const [rows, setRows] = useState<Rows>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a cell that ran again has other rows
  useEffect(() => {
    const columns = searched === '' ? [] : (JSON.parse(searched) as string[])
    const whole = filter.length === 0 && search === ''
    const ask = {document, table, filter, search, sort, columns}
    const made = new Rows(call, ask, whole ? info.rows : undefined)
    setRows(made)
    return () => made.close()
  }, [call, document, table, info.hash, info.rows, sort, filter, search, searched])
  return rows
}
