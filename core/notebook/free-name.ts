// A column name that is not taken.
import type {Column} from '../schema/table.ts'

/** A name that none of the columns has, capitals or not. */
export function freeOf(columns: readonly Pick<Column, 'name'>[], name: string): string {
  const taken = new Set(columns.map(column => column.name.toLowerCase()))
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`
  return free
}
