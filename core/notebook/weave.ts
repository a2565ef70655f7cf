// Putting a cell into the way of a table: what came after its input comes after it.
import type {Session} from '../data/session.ts'
import {AppError} from '../error.ts'
import type {Notebook} from '../schema/notebook.ts'
import {says} from '../words/says.ts'
import {follow} from './follow.ts'
import {splitReference} from './names.ts'
import {change, findCell, type Which} from './splice.ts'
import {fromList} from './uses.ts'
import {names} from './write.ts'

/**
 * The cells below that took what a cell takes now take what it gives, a part of a split the same part.
 *
 * @throws AppError `bad-request` for a cell that does not take one other as a whole; as `rename` does where a name
 * cannot follow
 */
export async function weave(notebook: Notebook, which: Which, session: Session): Promise<string> {
  const cell = findCell(notebook, which)
  const [input, ...more] = fromList(cell).map(({text}) => splitReference(text))
  if (!input || input.part !== undefined || more.length > 0)
    throw new AppError(
      'bad-request',
      says`"${cell.name}" does not take one other cell as a whole`,
      {
        where: cell.name,
      },
    )
  const source = findCell(notebook, input.name)
  const below = notebook.cells.slice(notebook.cells.indexOf(cell) + 1)
  const changes = await follow(below, source.name, cell.name, session)
  return change(notebook, [...changes.values()].flat(), {
    names: names(notebook),
    touched: [...changes.keys()].map(({name}) => name),
  })
}
