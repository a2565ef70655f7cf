// The grid itself: rows and columns that are seen, and nothing else, over any number of them.
// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot be placed freely
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the cell of its cursor
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type {CellText} from './cell-text.ts'
import {type Layout, type Placed, seenColumns} from './columns.ts'
import {barOf, type Extent, scrolled, spacerOf, within} from './scrolling.ts'
import {at, boxOf, moved, type Selection} from './selection.ts'
import css from './sheet.module.css'
import {cellId, Row, rowHeight} from './sheet-row.tsx'

/** Rows and columns are drawn in steps of so many, so that few scroll events draw anything anew. */
const [rowStep, columnStep] = [8, 4]

export type SheetHandle = {focus: () => void; toTop: () => void}

export type SheetProps = {
  label: string
  layout: Layout
  /** Rows that can be scrolled through; `counted` when that is all. */
  length: number
  counted: boolean
  /** Changes when a value came. */
  version: number
  /** `undefined` while it is on its way. */
  textAt: (row: number, placed: Placed) => CellText | undefined
  /** Says what is seen. */
  want: (first: number, last: number, columns: string[]) => void
  headerHeight: number
  header: (placed: Placed, focused: boolean) => ReactNode
  sortOf: (column: string) => 'ascending' | 'descending' | undefined
  rowNumber: (row: number) => string
  selection: Selection
  onSelect: (selection: Selection) => void
  /** Keys that move nothing. */
  onKey: (event: KeyboardEvent, selection: Selection) => void
  onOpen: () => void
  handle?: React.Ref<SheetHandle>
}

type Range = {first: number; end: number; left: number; right: number}

export function Sheet(props: SheetProps) {
  const {layout, length, counted, headerHeight, selection, onSelect, want, version} = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const standing = useRef({bar: 0, place: 0, left: 0})
  const [size, setSize] = useState({width: 0, height: 0})
  const [range, setRange] = useState<Range>({first: 0, end: 0, left: 0, right: 0})

  const content = length * rowHeight
  const extent: Extent = {content, view: Math.max(0, size.height - headerHeight)}
  const page = Math.max(1, Math.floor(extent.view / rowHeight) - 1)
  const now = useRef({extent, layout, size, base: 0})
  now.current = {extent, layout, size, base: range.first}

  /** Moves what is drawn to where it belongs; cheap, at every scroll event. */
  const draw = useCallback(() => {
    const {place, left} = standing.current
    const style = layer.current?.style
    style?.setProperty('--left', `${left}px`)
    style?.setProperty('--down', `${now.current.base * rowHeight - place}px`)
  }, [])

  /** Draws other rows and columns where others are seen. */
  const look = useCallback(() => {
    const {extent, layout, size} = now.current
    const {place, left} = standing.current
    const rows = Math.ceil(extent.content / rowHeight)
    const first = Math.max(0, Math.floor(place / rowHeight / rowStep) * rowStep)
    const end = Math.min(
      rows,
      Math.ceil((place + extent.view) / rowHeight / rowStep) * rowStep + rowStep,
    )
    const [a, b] = seenColumns(layout, left, left + size.width)
    const begin = Math.max(layout.pinned, Math.floor(a / columnStep) * columnStep)
    const right = Math.min(layout.all.length, Math.ceil(b / columnStep) * columnStep)
    setRange(old =>
      old.first === first && old.end === end && old.left === begin && old.right === right
        ? old
        : {first, end, left: begin, right},
    )
    draw()
  }, [draw])

  const onScroll = useCallback(() => {
    const element = scroller.current
    if (!element) return
    const {place, bar} = standing.current
    const next = scrolled({bar, place}, element.scrollTop, now.current.extent)
    standing.current = {...next, left: element.scrollLeft}
    look()
  }, [look])

  /** Puts the rows at a place, and the bar to where it stands for that. */
  const goTo = useCallback(
    (place: number) => {
      const element = scroller.current
      if (!element) return
      const to = within(place, now.current.extent)
      element.scrollTop = barOf(to, now.current.extent)
      standing.current = {...standing.current, bar: element.scrollTop, place: to}
      look()
    },
    [look],
  )

  useImperativeHandle(
    props.handle,
    () => ({focus: () => scroller.current?.focus(), toTop: () => goTo(0)}),
    [goTo],
  )

  useEffect(() => {
    const element = scroller.current!
    const anchor = () => goTo(standing.current.place)
    const resized = new ResizeObserver(() =>
      setSize({width: element.clientWidth, height: element.clientHeight}),
    )
    element.addEventListener('scrollend', anchor)
    resized.observe(element)
    return () => {
      element.removeEventListener('scrollend', anchor)
      resized.disconnect()
    }
  }, [goTo])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is seen changes with all of these
  useLayoutEffect(() => {
    standing.current.place = within(standing.current.place, now.current.extent)
    look()
  }, [look, size, length, layout, headerHeight])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the base of the rows that are drawn has changed
  useLayoutEffect(draw, [draw, range])

  useEffect(() => {
    if (size.height === 0) return
    const {first, end} = range
    const columns = inSight(layout, range)
    if (columns.length > 0)
      want(
        first,
        Math.max(first, end - 1),
        columns.map(p => p.column.name),
      )
  }, [range, layout, want, size.height])

  const {cursor} = selection
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen comes into view when it changes, not when the layout does
  useLayoutEffect(() => {
    const {extent, layout, size} = now.current
    const placed = layout.all[cursor.column]
    if (size.height === 0 || !placed) return
    const {place, left} = standing.current
    if (!placed.pinned) {
      const room = size.width - layout.fixed
      const from = placed.left - layout.fixed
      let to = left
      if (from < left) to = from
      else if (from + placed.width > left + room) to = Math.min(from, from + placed.width - room)
      if (to !== left) {
        scroller.current!.scrollLeft = to
        standing.current.left = scroller.current!.scrollLeft
      }
    }
    if (cursor.row >= 0) {
      const [top, bottom] = [cursor.row * rowHeight, (cursor.row + 1) * rowHeight]
      if (top < place) goTo(top)
      else if (bottom > place + extent.view) goTo(bottom - extent.view)
    }
    look()
  }, [cursor.row, cursor.column])

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Keys of a panel that a column opened come through here as well.
    if (!event.currentTarget.contains(event.target as Node)) return
    const bounds = {rows: length, columns: layout.all.length, page}
    const next = event.altKey ? undefined : moved(selection, event, bounds)
    if (!next) return props.onKey(event, selection)
    event.preventDefault()
    onSelect(next)
  }

  const spotOf = (event: PointerEvent): Selection['cursor'] | undefined => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-row]')
    if (!cell) return undefined
    return {row: Number(cell.dataset.row), column: Number(cell.dataset.column)}
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const spot = spotOf(event)
    if (!spot || event.button !== 0) return
    if (spot.column < 0) {
      // A row's number stands for the row.
      const [first, last] = [
        {row: event.shiftKey ? selection.anchor.row : spot.row, column: 0},
        {row: spot.row, column: layout.all.length - 1},
      ]
      return onSelect({anchor: last, cursor: first})
    }
    onSelect(event.shiftKey ? {cursor: spot, anchor: selection.anchor} : at(spot))
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return
    const spot = spotOf(event)
    const same = spot?.row === cursor.row && spot.column === cursor.column
    if (spot && spot.column >= 0 && spot.row >= 0 && !same && selection.anchor.row >= 0)
      onSelect({cursor: spot, anchor: selection.anchor})
  }

  const drawn = inSight(layout, range)
  const box = boxOf(selection)
  const gutter = layout.all[0]?.left ?? layout.width
  return (
    <div
      ref={scroller}
      className={css.scroller}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={counted ? length + 1 : -1}
      aria-colcount={layout.all.length + 1}
      aria-multiselectable
      aria-activedescendant={cellId(id, cursor.row, cursor.column)}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={event => {
        if ((event.target as Element).closest('[data-row]')) props.onOpen()
      }}
    >
      <div
        className={css.spacer}
        style={{height: headerHeight + spacerOf(content), width: layout.width}}
      >
        <div ref={layer} className={css.layer} style={{width: size.width, height: size.height}}>
          <div className={css.header} role="rowgroup" style={{height: headerHeight}}>
            <div className={css.line} role="row" aria-rowindex={1}>
              <div
                className={css.corner}
                role="columnheader"
                aria-colindex={1}
                style={{width: gutter, height: headerHeight}}
              >
                #
              </div>
              {drawn.map(placed => {
                const focused = cursor.row === -1 && cursor.column === placed.index
                return (
                  <div
                    key={placed.column.name}
                    id={cellId(id, -1, placed.index)}
                    role="columnheader"
                    aria-colindex={placed.index + 2}
                    aria-sort={props.sortOf(placed.column.name)}
                    className={css.heading}
                    data-pinned={placed.pinned || undefined}
                    data-focused={focused || undefined}
                    data-index={placed.index}
                    style={{left: placed.left, width: placed.width, height: headerHeight}}
                  >
                    {props.header(placed, focused)}
                  </div>
                )
              })}
            </div>
          </div>
          <div className={css.body} role="rowgroup">
            <div className={css.rows}>
              {rangeOf(range.first, Math.min(range.end, length)).map(row => (
                <Row
                  key={row}
                  id={id}
                  row={row}
                  top={(row - range.first) * rowHeight}
                  drawn={drawn}
                  version={version}
                  textAt={props.textAt}
                  number={props.rowNumber(row)}
                  gutter={gutter}
                  cursor={cursor.row === row ? cursor.column : -1}
                  left={row >= box.top && row <= box.bottom ? box.left : -1}
                  right={row >= box.top && row <= box.bottom ? box.right : -1}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  )
}

/** The pinned columns and those of a range, which may be of a layout that pinned fewer. */
const inSight = ({all, pinned}: Layout, {left, right}: Range) => [
  ...all.slice(0, pinned),
  ...all.slice(Math.max(pinned, left), right),
]

const rangeOf = (first: number, end: number) =>
  Array.from({length: Math.max(0, end - first)}, (_, i) => first + i)
