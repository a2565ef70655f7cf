// What is chosen in a grid, and how keys move it. Rows and columns count from 0 as they are shown; row -1 is the header.

export type Spot = {row: number; column: number}
/** From the anchor to the cursor; both belong to it. */
export type Selection = {cursor: Spot; anchor: Spot}

export type Bounds = {rows: number; columns: number /** Rows seen at once. */; page: number}

export const at = (spot: Spot): Selection => ({cursor: spot, anchor: spot})

export function boxOf({cursor, anchor}: Selection) {
  return {
    top: Math.max(0, Math.min(cursor.row, anchor.row)),
    bottom: Math.max(cursor.row, anchor.row),
    left: Math.min(cursor.column, anchor.column),
    right: Math.max(cursor.column, anchor.column),
  }
}

type Pressed = {key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean}

/** The selection after a key; `undefined` for a key that moves nothing. */
export function moved(from: Selection, pressed: Pressed, bounds: Bounds): Selection | undefined {
  const mod = pressed.ctrlKey || pressed.metaKey
  const {row, column} = from.cursor
  const [lastRow, lastColumn] = [bounds.rows - 1, bounds.columns - 1]
  const steps: Record<string, Spot> = {
    ArrowUp: {row: mod ? 0 : row - 1, column},
    ArrowDown: {row: mod ? lastRow : row + 1, column},
    ArrowLeft: {row, column: mod ? 0 : column - 1},
    ArrowRight: {row, column: mod ? lastColumn : column + 1},
    PageUp: {row: Math.max(0, row - bounds.page), column},
    PageDown: {row: row + bounds.page, column},
    Home: {row: mod ? 0 : row, column: 0},
    End: {row: mod ? lastRow : row, column: lastColumn},
  }
  const to = steps[pressed.key]
  if (!to) return undefined
  const cursor = {
    row: Math.max(pressed.shiftKey ? 0 : -1, Math.min(lastRow, to.row)),
    column: Math.max(0, Math.min(lastColumn, to.column)),
  }
  return pressed.shiftKey ? {cursor, anchor: from.anchor} : at(cursor)
}
