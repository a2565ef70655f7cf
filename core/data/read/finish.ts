// The last part of reading: types decided and applied, misfits put aside, the table written.
import {join as joinPath} from 'node:path'
import {AppError, didYouMean} from '../../error.ts'
import type {Task} from '../../plugin.ts'
import {progressOf, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {id, join, type Sql, sql} from '../sql.ts'
import {nanToNull} from '../without-nan.ts'
import {
  isInteger,
  isNumber,
  provenValue,
  type Reading,
  readingOf,
  stateOf,
  states,
  textValue,
  typeSql,
} from './casts.ts'
import {strptime} from './dates.ts'
import {literalPath} from './files.ts'
import {type Inferred, inferTypes} from './infer.ts'
import type {SourceParams} from './params.ts'
import {Proposer} from './propose.ts'
import {reasonOf} from './reasons.ts'
import {longestText} from './rejects.ts'
import {fileColumn, lineColumn, type Staged, type StagedColumn} from './staged.ts'

type Job = {session: Session; params: SourceParams; outFolder: string; staged: Staged}

/** A column on its way into the table. `wrong`: the rows whose value has not the type that the user gave. */
type Field = {column: StagedColumn; value: Sql; wrong?: Sql; type: string}

export async function finish(job: Job, task: Task) {
  const {session, params, outFolder} = job
  const {signal} = task
  const overrides = overridesOf(job.staged.columns, params)
  const {fields, notes} = await fieldsOf(job, overrides, task)
  let {staged} = job
  const wrong = fields.flatMap(f => (f.wrong ? [f.wrong] : []))
  const any = wrong.length > 0 ? sql`(${join(wrong, ' or ')})` : undefined
  const misfits = any
    ? Number(
        (
          await session.rows(sql`select count(*) as n from ${staged.from} where ${any}`, {
            signal,
          })
        )[0]!.n,
      )
    : 0
  if (misfits > 0 && !staged.located) staged = await staged.locate!()
  const where = misfits > 0 ? sql` where not ${any!}` : sql``
  const query = sql`select ${join(fields.map(f => sql`${f.value} as ${id(f.column.name)}`))} from ${staged.from}${where}`
  const rejects = await writeRejects(job, staged, fields, misfits, task)
  const inPlace = staged.inPlace && overrides.size === 0
  const table = joinPath(outFolder, 'table.parquet')
  task.tell(progressOf(says`writing the table`))
  const rows = inPlace
    ? Number((await session.rows(sql`select count(*) as n from ${staged.from}`, {signal}))[0]!.n)
    : await session.write(query, table, {signal})
  if (rows === 0 && rejects.count > 0) throw await nothingRead(session, params, rejects, signal)
  const final = inPlace ? query : sql`select * from read_parquet(${literalPath(table)})`
  return {
    query: final,
    columns: await session.columns(final, {signal}),
    rows,
    ...(inPlace ? {} : {table}),
    rejects,
    notes: [...staged.notes, ...notes],
  }
}

/** The types that the user gave, by the column's name. */
function overridesOf(columns: readonly StagedColumn[], {types}: SourceParams): Map<string, string> {
  const names = new Map(columns.map(c => [c.name.toLowerCase(), c.name]))
  return new Map(
    Object.entries(types).map(([name, type]) => {
      const known = names.get(name.trim().toLowerCase())
      if (known === undefined)
        throw new AppError(
          'no-column',
          says`\`types\` names a column "${name}" that is not there`,
          {
            where: 'types',
            hint:
              didYouMean(name, names.values()) ??
              says`the columns are ${some([...names.values()])}`,
          },
        )
      return [known, type]
    }),
  )
}

const some = (names: string[]) =>
  names.slice(0, 12).join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '')

async function fieldsOf(
  {session, params, staged}: Job,
  overrides: Map<string, string>,
  task: Task,
) {
  const formats = params.dates.map(f => strptime(f)!)
  const proposer = new Proposer(staged.conventions, formats)
  const texts = staged.columns.flatMap(({sample, ...c}) => (sample ? [{...c, sample}] : []))
  proposer.learnOrder(texts.map(c => proposer.values(c.sample)))
  const open = texts.filter(c => !overrides.has(c.name))
  const {found, notes} = await inferTypes(session, staged.from, open, proposer, task)
  const inferred = new Map(open.map((c, i) => [c.name, found[i]!]))
  const fields = staged.columns.map((column): Field => {
    const written = overrides.get(column.name)
    if (!written)
      return column.type === 'VARCHAR'
        ? inferredField(column, inferred.get(column.name), staged)
        : {column, value: withoutNaN(column), type: column.type}
    const reading = given(written, column, proposer, params)
    return column.type === 'VARCHAR'
      ? textField(column, reading, staged)
      : typedField(column, reading)
  })
  return {fields, notes}
}

/** A type that the user gave; a date without formats takes the one that fits most values, a number its mark. */
function given(
  written: string,
  {sample}: StagedColumn,
  proposer: Proposer,
  {dates}: SourceParams,
): Reading {
  const reading = readingOf(written, dates)
  const {type} = reading
  if ((type === 'DATE' || type === 'TIMESTAMP') && !reading.formats?.length)
    return proposer.nearestDate(type, proposer.values(sample ?? []))
  const mark = isNumber(type) ? proposer.mark(proposer.values(sample ?? [])) : undefined
  return {...reading, ...(mark ? {mark} : {})}
}

/** Text that keeps the type that all its values have. */
function inferredField(
  column: StagedColumn,
  {reading, words}: Inferred = {reading: {type: 'VARCHAR'}, words: 0},
  {conventions}: Staged,
): Field {
  const c = id(column.id)
  const {type} = reading
  const asIs = type === 'VARCHAR' && column.emptyIsNull && !conventions.nulls?.length
  return {column, type, value: asIs ? c : provenValue(c, reading, conventions, words > 0)}
}

/** Text with the type that the user gave. */
function textField(column: StagedColumn, reading: Reading, {conventions}: Staged): Field {
  const c = id(column.id)
  const {type} = reading
  const field = {column, type, value: textValue(c, reading, conventions)}
  if (type === 'VARCHAR') return field
  return {...field, wrong: sql`(${stateOf(c, reading, conventions)} = ${states.misfit})`}
}

function typedField(column: StagedColumn, {type}: Reading): Field {
  const from = withoutNaN(column)
  const to = typeSql(type)
  if (type === 'VARCHAR') return {column, type, value: sql`cast(${from} as varchar)`}
  const tried = sql`try_cast(${from} as ${to})`
  // A cast would round 1.5; a whole number that was asked for must be one.
  const value =
    isInteger(type) && isNumber(column.type)
      ? sql`case when ${from} = trunc(${from}) then ${tried} end`
      : tried
  return {column, type, value, wrong: sql`(${from} is not null and ${value} is null)`}
}

const withoutNaN = ({id: name, type}: StagedColumn): Sql => nanToNull({name, type})

/** Writes rows that the reader put aside and those whose values do not fit. */
async function writeRejects(
  {session, outFolder}: Job,
  staged: Staged,
  fields: Field[],
  misfits: number,
  {signal}: Task,
): Promise<{count: number; file?: string}> {
  const count = staged.rejects.count + misfits
  if (count === 0) return {count}
  const parts: Sql[] = []
  if (staged.rejects.query) parts.push(staged.rejects.query)
  if (misfits > 0) parts.push(misfitRows(staged, fields))
  const file = joinPath(outFolder, 'rejects.parquet')
  const query = sql`select * from (${join(parts, ' union all ')}) order by file, line`
  await session.write(query, file, {signal})
  return {count, file}
}

function misfitRows(staged: Staged, fields: Field[]): Sql {
  const wrong = fields.filter(f => f.wrong)
  const first = (pick: (field: Field) => Sql) =>
    sql`case ${join(
      wrong.map(f => sql`when ${f.wrong!} then ${pick(f)}`),
      ' ',
    )} end`
  const text = (field: Field) => sql`coalesce(cast(${id(field.column.id)} as varchar), '')`
  const article = (type: string) => (/^[AEIOU]/.test(type) ? 'an' : 'a')
  const reason = (field: Field) =>
    sql`'"' || left(${text(field)}, 100) || ${`" is not ${article(field.type)} ${field.type}`}`
  // A very wide row would make the rejects larger than the table.
  const shown = fields.slice(0, 200).map(text)
  return sql`select ${id(fileColumn)} as file, ${id(lineColumn)}::bigint as line, ${first(f => sql`${f.column.name}`)} as "column", ${first(reason)} as reason, left(concat_ws(',', ${join(shown)}), ${longestText}) as text from ${staged.from} where ${join(
    wrong.map(f => f.wrong!),
    ' or ',
  )}`
}

async function nothingRead(
  session: Session,
  {file}: SourceParams,
  rejects: {count: number; file?: string},
  signal: AbortSignal,
): Promise<AppError> {
  const [first] = await session.rows(
    sql`select * from read_parquet(${literalPath(rejects.file!)}) order by line limit 1`,
    {signal},
  )
  return new AppError(
    'bad-data',
    says`no row of "${file}" could be read: ${rejects.count} of ${rejects.count} are broken; the first: ${reasonOf(String(first!.reason))}`,
    {
      where: `${first!.file}:${first!.line}`,
      hint: says`set delimiter, quote, header, encoding or types to what the file really has`,
    },
  )
}
