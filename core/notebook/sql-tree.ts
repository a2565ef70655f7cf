// Walks the tree of a query, as `json_serialize_sql` gives it, with SQL's scopes.
import {nameAt} from './sql-text.ts'

export type Ast = {[key: string]: unknown}

/** A name in the text, as offsets in UTF-16 units. */
export type SqlToken = {start: number; end: number; quoted: boolean}

export type TableRef = {
  /** `['parts', 'train']` for `parts.train`. */
  path: string[]
  /** Its first name in the text; absent where DuckDB does not tell. */
  at?: SqlToken
  /** Whether it has one, so that columns go by that. */
  alias: boolean
  /** Columns that go by the table's name, such as `adults` in `adults.age`. */
  mentions: SqlToken[]
  /** Something else goes by its name, at a place that is not known or in a sense that is not. */
  obscure: boolean
  /** Something else in the same FROM goes by the same name, which DuckDB refuses. */
  clash: boolean
}

type Frame = {names: Map<string, TableRef | undefined>; refs: TableRef[]}
type Scope = {ctes: ReadonlySet<string>; frames: readonly Frame[]}

/** Table functions that read nothing but their arguments. */
const pure = new Set([
  'range',
  'generate_series',
  'unnest',
  'repeat',
  'repeat_row',
  'json_each',
  'json_tree',
])

export type Tree = {tables: TableRef[]; outside: string[]}

/** The tables that a query reads and that are no CTEs of its own. */
export function readTree(root: Ast, text: string, toUnits: (bytes: number) => number): Tree {
  const tables: TableRef[] = []
  const outside = new Set<string>()
  const refs = new Map<Ast, TableRef | undefined>()

  const token = (node: Ast, name: string): SqlToken | undefined => {
    const found = nameAt(text, toUnits(Number(node.query_location)))
    if (found?.name.toLowerCase() !== name.toLowerCase()) return undefined
    const {start, end, quoted} = found
    return {start, end, quoted}
  }

  /** The table that a node names; undefined for a CTE. The same node gives the same object. */
  const tableRef = (node: Ast, {ctes}: Scope): TableRef | undefined => {
    if (refs.has(node)) return refs.get(node)
    const path = [node.catalog_name, node.schema_name, node.table_name].map(String).filter(Boolean)
    const own = path.length === 1 && ctes.has(path[0]!.toLowerCase())
    const recurring =
      path.length === 2 && path[0] === 'recurring' && ctes.has(path[1]!.toLowerCase())
    const ref: TableRef | undefined =
      own || recurring
        ? undefined
        : {
            path,
            at: token(node, path[0]!),
            alias: Boolean(node.alias),
            mentions: [],
            obscure: false,
            clash: false,
          }
    refs.set(node, ref)
    if (ref) tables.push(ref)
    return ref
  }

  /** The names that a FROM clause gives to the rest of its query. */
  const expose = (node: unknown, scope: Scope, frame: Frame): void => {
    if (!isAst(node)) return
    if (node.type === 'JOIN') {
      expose(node.left, scope, frame)
      expose(node.right, scope, frame)
    } else if (node.type === 'BASE_TABLE') {
      const ref = tableRef(node, scope)
      const name = String(node.alias || node.table_name).toLowerCase()
      const other = frame.names.get(name)
      for (const one of frame.names.has(name) ? [ref, other] : []) if (one) one.clash = true
      frame.names.set(name, node.alias ? undefined : ref)
      if (ref && !node.alias) frame.refs.push(ref)
    } else {
      const name = String(node.alias ?? '').toLowerCase()
      const other = frame.names.get(name)
      if (other) other.clash = true
      if (name) frame.names.set(name, undefined)
      if (isAst(node.source)) expose(node.source, scope, frame)
    }
  }

  /** The table that a qualified name starts with. */
  const owner = (path: string[], {frames}: Scope): TableRef | undefined => {
    const first = path[0]!.toLowerCase()
    for (const {names, refs} of frames) {
      if (names.has(first)) {
        const ref = names.get(first)
        return ref?.path.length === 1 ? ref : undefined
      }
      const whole = refs.find(
        ref =>
          ref.path.length === 2 &&
          ref.path.every((part, i) => part.toLowerCase() === path[i]?.toLowerCase()),
      )
      if (whole) return whole
    }
    return undefined
  }

  const mention = (node: Ast, path: string[], scope: Scope) => {
    const ref = owner(path, scope)
    if (!ref) return
    const at =
      path.length > ref.path.length || node.class === 'STAR' ? token(node, path[0]!) : undefined
    if (at) ref.mentions.push(at)
    else ref.obscure = true
  }

  const visitQuery = (node: Ast, outer: Scope): void => {
    const ctes = new Set(outer.ctes)
    for (const {key, value} of ((node.cte_map as Ast).map ?? []) as {key: string; value: Ast}[]) {
      // A CTE sees those before it and not itself; one that is recursive names itself in its own node.
      visit(value, {ctes: new Set(ctes), frames: outer.frames})
      ctes.add(key.toLowerCase())
    }
    if (node.type === 'RECURSIVE_CTE_NODE') ctes.add(String(node.cte_name).toLowerCase())
    let scope: Scope = {ctes, frames: outer.frames}
    if (node.from_table) {
      const frame: Frame = {names: new Map(), refs: []}
      expose(node.from_table, scope, frame)
      scope = {ctes, frames: [frame, ...outer.frames]}
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'cte_map') visit(child, scope)
  }

  const visit = (node: unknown, scope: Scope): void => {
    if (Array.isArray(node)) for (const child of node) visit(child, scope)
    if (!isAst(node)) return
    if ('cte_map' in node) {
      visitQuery(node, scope)
      return
    }
    let inner = scope
    if (node.type === 'BASE_TABLE') tableRef(node, scope)
    else if (node.type === 'TABLE_FUNCTION') {
      const name = String((node.function as Ast).function_name)
      if (!pure.has(name)) outside.add(name)
    } else if (node.type === 'SHOW_REF' && !node.query) outside.add('show')
    else if (node.class === 'COLUMN_REF') mention(node, node.column_names as string[], scope)
    else if (node.class === 'STAR') {
      if (node.relation_name) mention(node, [String(node.relation_name)], scope)
      for (const {table} of (node.qualified_exclude_list ?? []) as Ast[])
        if (table) mention({}, [String(table)], scope)
    } else if (node.class === 'LAMBDA') {
      const names = columnNames(node.lhs).map(name => [name.toLowerCase(), undefined] as const)
      inner = {ctes: scope.ctes, frames: [{names: new Map(names), refs: []}, ...scope.frames]}
    }
    for (const child of Object.values(node)) visit(child, inner)
  }

  visit(root, {ctes: new Set(), frames: []})
  tables.sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0))
  return {tables, outside: [...outside]}
}

/** The parameters of `lambda x, y: …`. */
const columnNames = (node: unknown): string[] => {
  if (!isAst(node)) return []
  if (node.class === 'COLUMN_REF') {
    const names = node.column_names as string[]
    return names.length === 1 ? names : []
  }
  return ((node.children ?? []) as unknown[]).flatMap(columnNames)
}

const isAst = (node: unknown): node is Ast =>
  typeof node === 'object' && node !== null && !Array.isArray(node)
