// The rows of a prepared table as they were before their features were made.
import type {CellStatus} from '../schema/result.ts'
import type {Table} from '../schema/table.ts'
import type {SplitValue} from '../schema/value.ts'
import {steps as kinds} from '../steps/index.ts'
import type {Edge} from './graph.ts'

export type Origin = {
  table: Table
  /** As the document names it: `parts.test`. */
  name: string
  /** How many steps stand between it and the model. */
  steps: number
  /** Set where the cell itself drops or reorders rows, so that what they were above it cannot be told. */
  reordered: boolean
}

/**
 * The first table above a model that has the same rows, in the same order, as the part that it is judged on: the
 * way up goes through steps that make one row of each, and ends at a split, where rows are what they were given as.
 * Nothing where the cell above the model has no result.
 */
export function originOf(
  {cells, edges}: {cells: readonly CellStatus[]; edges: readonly Edge[]},
  model: string,
  judged: keyof SplitValue['parts'],
): Origin | undefined {
  const byName = new Map(cells.map(status => [status.cell, status]))
  // A step takes its rows from its first input; in further tables they are only looked up.
  const above = (cell: string) => edges.find(({to}) => to === cell)
  let part: string = judged
  let found: Origin | undefined
  for (let edge = above(model), steps = 0; edge; edge = above(edge.from), steps++) {
    const status = byName.get(edge.from)
    if (status?.state !== 'fresh') break
    const {value} = status.result
    part = edge.part ?? part
    const split = value.type === 'split'
    const table = split
      ? value.parts[part as typeof judged]
      : value.type === 'table'
        ? value.table
        : undefined
    if (!table) break
    const step = kinds[status.kind]
    const touched = step?.touches !== 'train' || !split || part === 'train'
    const reordered = step !== undefined && step.rows !== 'map' && touched
    found = {table, name: split ? `${edge.from}.${part}` : edge.from, steps, reordered}
    if (!step || reordered) break
  }
  return found
}
