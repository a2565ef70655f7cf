// A row of the grid: drawn anew only when something of it has changed.
// biome-ignore-all lint/a11y/useSemanticElements: the elements of a table cannot be placed freely
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the cell of its cursor
import {memo} from 'react'
import {Picture} from '../ui/picture.tsx'
import {type CellText, oneLine} from './cell-text.ts'
import type {Placed} from './columns.ts'
import css from './sheet.module.css'

export const rowHeight = 28

export const cellId = (id: string, row: number, column: number) => `${id}-${row}-${column}`

type RowProps = {
  id: string
  row: number
  top: number
  drawn: Placed[]
  version: number
  /** `undefined` while it is on its way. */
  textAt: (row: number, placed: Placed) => CellText | undefined
  number: string
  gutter: number
  /** The column of the cursor, and those that are chosen; -1 for none. */
  cursor: number
  left: number
  right: number
}

export const Row = memo(
  function Row({id, row, top, drawn, textAt, number, gutter, cursor, left, right}: RowProps) {
    return (
      <div className={css.row} role="row" aria-rowindex={row + 2} style={{top}}>
        <div
          className={css.number}
          role="rowheader"
          aria-colindex={1}
          data-row={row}
          data-column={-1}
          style={{width: gutter}}
        >
          {number}
        </div>
        {drawn.map(placed => {
          const shown = textAt(row, placed)
          const {index, column} = placed
          return (
            <div
              key={column.name}
              id={cellId(id, row, index)}
              className={css.cell}
              role="gridcell"
              aria-colindex={index + 2}
              aria-selected={index >= left && index <= right}
              data-row={row}
              data-column={index}
              data-pinned={placed.pinned || undefined}
              data-cursor={cursor === index || undefined}
              data-kind={column.kind}
              data-tone={shown?.tone}
              style={{left: placed.left, width: placed.width}}
            >
              {shown?.pixels ? (
                <Picture pixels={shown.pixels} type={column.type} size={rowHeight - 4} />
              ) : shown ? (
                oneLine(shown.text)
              ) : (
                <span className={css.skeleton} />
              )}
            </div>
          )
        })}
      </div>
    )
  },
  (a, b) =>
    a.version === b.version &&
    a.row === b.row &&
    a.top === b.top &&
    a.textAt === b.textAt &&
    a.number === b.number &&
    a.gutter === b.gutter &&
    a.cursor === b.cursor &&
    a.left === b.left &&
    a.right === b.right &&
    sameColumns(a.drawn, b.drawn),
)

const sameColumns = (a: Placed[], b: Placed[]) =>
  a.length === b.length && a.every((placed, i) => placed === b[i])
