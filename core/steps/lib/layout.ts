// Where new columns go in a table: the one place that keeps column order and refuses taken names.
import {id, join, type Relation, type Sql, sql} from '../../data/sql.ts'
import {AppError} from '../../error.ts'
import {type Phrase, says} from '../../words/says.ts'

/** A column that a step makes: its name and the expression that gives it. */
export type Made = {name: string; value: Sql}

export type Changes = {
  /** Columns that give way to others, or to none, in their place. */
  instead?: ReadonlyMap<string, readonly Made[]>
  /** Columns that others follow. */
  after?: ReadonlyMap<string, readonly Made[]>
  /** New columns that come from several, at the end. */
  last?: readonly Made[]
  /** A way out, for when a name is taken. */
  hint?: Phrase
}

/** The select list of a table after these changes; for use before `from ${rows}`. */
export function layout(rows: Relation, {instead, after, last = [], hint}: Changes): Sql {
  const made: Made[] = rows.columns.flatMap(({name}) => [
    ...(instead?.get(name) ?? [{name, value: id(name)}]),
    ...(after?.get(name) ?? []),
  ])
  made.push(...last)
  refuseTaken(
    made.map(m => m.name),
    hint,
  )
  if (made.length === 0)
    throw new AppError('bad-data', says`no column would be left`, {
      hint: says`the columns named hold nothing to learn from; keep at least one other column`,
    })
  return join(made.map(({name, value}) => sql`${value} as ${id(name)}`))
}

/** Refuses two columns of one name. DuckDB does not tell `Age` from `age`, so neither does this. */
export function refuseTaken(
  names: readonly string[],
  hint = says`rename or drop one of them first`,
) {
  const seen = new Map<string, string>()
  for (const name of names) {
    const key = name.toLowerCase()
    const other = seen.get(key)
    if (other !== undefined)
      throw new AppError(
        'duplicate-name',
        other === name
          ? says`there would be two columns named "${name}"`
          : says`columns "${other}" and "${name}" differ only in case`,
        {hint},
      )
    seen.set(key, name)
  }
}

/** A name for a helper column that no column of these tables has. */
export function unusedName(name: string, ...tables: readonly Relation[]): string {
  const taken = new Set(tables.flatMap(t => t.columns.map(c => c.name.toLowerCase())))
  let made = name
  for (let n = 2; taken.has(made); n++) made = `${name}_${n}`
  return made
}
