// How the cells of a document stand, and the tables they gave, without running anything.
import {type ProfileTask, profile} from '../data/profile/index.ts'
import {Session} from '../data/session.ts'
import {raw, relation} from '../data/sql.ts'
import {AppError, didYouMean} from '../error.ts'
import type {Project} from '../project.ts'
import type {Problem} from '../schema/notebook.ts'
import type {TableProfile} from '../schema/profile.ts'
import type {CellStatus} from '../schema/result.ts'
import type {Table} from '../schema/table.ts'
import type {Value} from '../schema/value.ts'
import {says} from '../words/says.ts'
import type {Edge} from './graph.ts'
import {plan} from './plan.ts'
import {portWords} from './ports.ts'
import {prepare} from './prepare.ts'

/** Which cells have a result for what the document says now. */
export async function statusOf(
  project: Project,
  document: string,
): Promise<{cells: CellStatus[]; problems: Problem[]; edges: Edge[]}> {
  const session = await Session.open({folder: project.folder})
  try {
    const {cells, names, problems, edges} = await prepare(project, document, session)
    const stored = await project.store.hashes()
    const get = async (hash: string) => (stored.has(hash) ? project.store.get(hash) : undefined)
    const todo = await plan(cells, async hash => (await get(hash)) !== undefined)
    const statuses = cells.map(async ({name: cell, kind}): Promise<CellStatus> => {
      const what = todo.get(cell)!
      if (what.do === 'fail') return {cell, kind, state: 'failed', fault: what.fault}
      if (what.do === 'block') return {cell, kind, state: 'blocked', by: what.by}
      const result = await get(what.hash)
      return result ? {cell, kind, state: 'fresh', result} : {cell, kind, state: 'stale'}
    })
    const found = new Map((await Promise.all(statuses)).map(status => [status.cell, status]))
    return {cells: names.map(name => found.get(name)!), problems, edges}
  } finally {
    session.close()
  }
}

/** The cell of that name with its result. Throws `unknown-name`, and `bad-request` when it has to run first. */
export function freshCell(cells: readonly CellStatus[], name: string, document: string) {
  const found = cells.find(({cell}) => cell === name)
  if (!found)
    throw new AppError('unknown-name', says`no cell named "${name}"`, {
      hint: didYouMean(
        name,
        cells.map(({cell}) => cell),
      ),
    })
  if (found.state !== 'fresh')
    throw new AppError('bad-request', says`the cell "${name}" has no result yet`, {
      hint: says`run it: \`bancada run ${document} --cell ${name}\``,
    })
  return found
}

/**
 * A cell's table (`adults`), or a part of its split (`parts.train`), as last computed. `hash` is the result's.
 * Throws `unknown-name`, `wrong-port`, and `bad-request` when the cell has to run first.
 */
export async function findTable(
  project: Project,
  document: string,
  name: string,
): Promise<{table: Table; hash: string; rejected: number}> {
  const [cell, part] = name.split('.') as [string, string | undefined]
  const {cells} = await statusOf(project, document)
  const found = freshCell(cells, cell, document)
  const {value} = found.result
  const rejected = value.type === 'table' && !part ? (value.rejects?.count ?? 0) : 0
  return {table: tableOf(value, part, cell), hash: found.result.hash, rejected}
}

/** What such a table looks like, and what to mend. */
export async function profileOf(
  project: Project,
  document: string,
  name: string,
  {target, ...task}: ProfileTask,
): Promise<TableProfile> {
  const {table, rejected} = await findTable(project, document, name)
  const session = await Session.open({folder: project.folder})
  try {
    await session.mount(table.objects)
    const rows = relation(raw(table.sql), table.columns)
    return {...(await profile(session, rows, {target, ...task})), rejected, notes: []}
  } finally {
    session.close()
  }
}

function tableOf(value: Value, part: string | undefined, cell: string): Table {
  if (value.type === 'table' && part === 'rejects' && value.rejects?.table)
    return value.rejects.table
  if (value.type === 'table' && !part) return value.table
  if (value.type === 'split') {
    const table = Object.entries(value.parts).find(([name]) => name === (part ?? 'train'))?.[1]
    if (table) return table
    throw new AppError('unknown-name', says`"${cell}" has no part "${part}"`, {
      hint: says`it has ${Object.keys(value.parts).join(', ')}`,
    })
  }
  throw new AppError('wrong-port', says`"${cell}" gives ${portWords[value.type]}, not a table`)
}
