// Which names each cell uses: from `from=`, from its query, from its TypeScript.
import type {Session} from '../data/session.ts'
import type {Cell, Notebook, Problem} from '../schema/notebook.ts'
import {parseInfo} from './info.ts'
import {place} from './lines.ts'
import {splitReference} from './names.ts'
import {readSqlNames} from './names-sql.ts'
import {readTsNames} from './names-ts.ts'

export type Use = {
  name: string
  /** `train` of `parts.train`. */
  part?: string
  /** `file:line:column`. */
  where: string
  /** SQL does not tell capitals from small letters. */
  anyCase: boolean
  /** A name of TypeScript may also be one that the language or the workbench gives. */
  optional: boolean
}

export type Uses = {
  uses: Use[]
  problems: Problem[]
  /** What a query reads beside tables, such as `read_csv`. */
  outside: string[]
}

/** The uses of every cell, in the order of the cells. All queries are read in one call. */
export async function usesOf({cells, file}: Notebook, session: Session): Promise<Uses[]> {
  const bodies = (language: string) =>
    cells.flatMap(cell => (cell.language === language ? [cell.body] : []))
  const [sql, ts] = await Promise.all([
    readSqlNames(bodies('sql'), session),
    readTsNames(bodies('ts')),
  ])
  let nextSql = 0
  let nextTs = 0
  return cells.map(cell => {
    const where = (offset: number) => place(file, cell.bodySpan, cell.body, offset)
    const told = (fault?: {at: number} & Omit<Problem, 'where' | 'cell'>): Problem[] => {
      if (!fault) return []
      const {at, ...rest} = fault
      return [{...rest, where: where(at), cell: cell.name}]
    }
    if (cell.language === 'sql') {
      const {tables, outside, fault} = sql[nextSql++]!
      const uses = tables.map(({path, at}) => ({
        ...reference(path),
        where: where(at?.start ?? 0),
        anyCase: true,
        optional: false,
      }))
      return {uses, problems: told(fault), outside}
    }
    if (cell.language === 'ts') {
      const {names, fault} = ts[nextTs++]!
      const uses = names
        .filter(({typeOnly}) => !typeOnly)
        .map(({name, start, asked}) => ({
          name,
          where: where(start),
          anyCase: false,
          optional: asked || Object.hasOwn(globalThis, name),
        }))
      return {uses, problems: told(fault), outside: []}
    }
    return {uses: listed(cell, file), problems: [], outside: []}
  })
}

/** A path of more than two names is no cell; told whole, so that its error is. */
const reference = (path: string[]) =>
  path.length === 2 ? {name: path[0]!, part: path[1]!.toLowerCase()} : {name: path.join('.')}

/** The references of `from=` with their offsets into the info string. */
export function fromList(cell: Cell): {text: string; at: number}[] {
  const from = parseInfo(cell.info).attributes.find(({key}) => key === 'from')
  if (!from) return []
  const raw = cell.info.slice(from.valueStart, from.end)
  return [...raw.matchAll(/[^\s,"']+(?:\s+[^\s,"']+)*/g)].map(({0: text, index}) => ({
    text,
    at: from.valueStart + index,
  }))
}

function listed(cell: Cell, file: string): Use[] {
  return fromList(cell).map(({text, at}) => ({
    ...splitReference(text),
    where: place(file, cell.infoSpan, cell.info, at),
    anyCase: false,
    optional: false,
  }))
}
