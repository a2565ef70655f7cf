// Why a table cannot become training arrays, and what to do about it.
import {AppError, didYouMean} from '../error.ts'
import type {Column} from '../schema/table.ts'
import {type Phrase, says} from '../words/says.ts'
import type {MatrixSpec} from './matrix.ts'
import type {Session} from './session.ts'
import {id, join, type Relation, sql} from './sql.ts'

type Options = {signal?: AbortSignal | undefined}

/** The column of that name; throws `no-column` with the nearest name. */
export function columnOf(rows: Relation, name: string): Column {
  const found = rows.columns.find(c => c.name === name)
  if (found) return found
  throw new AppError('no-column', says`no column named "${name}"`, {
    hint: didYouMean(
      name,
      rows.columns.map(c => c.name),
    ),
  })
}

/** Throws for columns that are not there, or are of a kind that cannot become numbers. */
export function checkColumns(
  rows: Relation,
  {features, target, task, weights, classes}: MatrixSpec,
) {
  if (features.length === 0)
    throw new AppError('bad-data', says`there is no feature column to learn from`, {
      hint: says`name some in \`features\`, or keep a number column in the table`,
    })
  for (const name of features) {
    const {kind} = columnOf(rows, name)
    if (kind === 'number' || kind === 'boolean') continue
    if (kind === 'image' && features.length === 1) continue
    throw new AppError('wrong-type', says`the feature "${name}" holds ${holds[kind]}`, {
      hint: says`${mend[kind]}, or leave it out of features`,
      where: name,
    })
  }
  if (weights !== undefined && columnOf(rows, weights).kind !== 'number')
    throw new AppError('wrong-type', says`the weights "${weights}" are not numbers`, {
      where: weights,
    })
  if (task === 'clustering') return
  if (target === undefined)
    throw new AppError('bad-params', says`${task} needs a target column`, {
      hint: says`set target: to the column that is to be predicted`,
    })
  const {kind} = columnOf(rows, target)
  if (task === 'regression' && kind !== 'number' && kind !== 'boolean')
    throw new AppError('wrong-type', says`the target "${target}" holds ${holds[kind]}`, {
      hint: says`regression predicts a number; for classes choose a model that does classification`,
      where: target,
    })
  if (task === 'classification' && !classes)
    throw new AppError('internal', says`classification without its classes`)
}

const holds = {
  number: says`numbers`,
  boolean: says`booleans`,
  category: says`text`,
  date: says`dates`,
  image: says`images`,
  other: says`lists or structs`,
}
const mend = {
  number: '',
  boolean: '',
  category: says`turn it into numbers with a one-hot or ordinal step before`,
  date: says`take its parts with a date-parts step before`,
  image: says`make it the only feature`,
  other: says`take numbers out of it with a derive step before`,
}

/** Names the columns with values that are not finite, counts them, and says what to do. Always throws. */
export async function complain(
  session: Session,
  rows: Relation,
  spec: MatrixSpec,
  options: Options,
) {
  const {features, target, weights} = spec
  const images = features.filter(name => columnOf(rows, name).kind === 'image')
  for (const name of images) await complainOfImages(session, rows, name, options)
  const numbers = features.filter(name => !images.includes(name))
  const names = [...new Set([...numbers, ...(weights === undefined ? [] : [weights])])]
  const counts = names.flatMap((name, i) => {
    const value = sql`${id(name)}::double`
    return [
      sql`count(*) filter (${value} is null or isnan(${value})) as ${id(`missing ${i}`)}`,
      sql`count(*) filter (${value} is not null and not isnan(${value})
        and coalesce(isinf(try_cast(${value} as float)), true)) as ${id(`large ${i}`)}`,
    ]
  })
  const [row] =
    counts.length > 0 ? await session.rows(sql`select ${join(counts)} from ${rows}`, options) : []
  const troubles = names
    .map((name, i) => ({
      name,
      missing: Number(row![`missing ${i}`]),
      large: Number(row![`large ${i}`]),
    }))
    .filter(({missing, large}) => missing + large > 0)
  const first = troubles[0]
  if (!first)
    throw new AppError('bad-data', says`the target "${target}" has infinite or too large values`, {
      hint: says`filter those rows out, or clip the target, before the model`,
      where: target,
    })
  const {name, missing, large} = first
  const more = troubles.length - 1
  const told = (own: Phrase) =>
    more > 0
      ? says`${own}; so do ${more} more: ${troubles
          .slice(1, 6)
          .map(t => t.name)
          .join(', ')}`
      : own
  if (missing > 0)
    throw new AppError(
      'bad-data',
      told(
        missing === 1
          ? says`"${name}" has 1 missing value`
          : says`"${name}" has ${missing} missing values`,
      ),
      {
        hint: says`add an impute step before it, or filter those rows out`,
        where: name,
      },
    )
  throw new AppError(
    'bad-data',
    told(
      large === 1
        ? says`"${name}" has 1 value infinite or too large for float32`
        : says`"${name}" has ${large} values infinite or too large for float32`,
    ),
    {hint: says`add a clip step before it, or filter those rows out`, where: name},
  )
}

async function complainOfImages(session: Session, rows: Relation, name: string, options: Options) {
  const [row] = await session.rows(
    sql`select count(*) filter (${id(name)} is null or ${id(name)}::varchar like '%NULL%') as missing from ${rows}`,
    options,
  )
  const missing = Number(row!.missing)
  if (missing > 0)
    throw new AppError(
      'bad-data',
      missing === 1
        ? says`"${name}" has 1 missing image`
        : says`"${name}" has ${missing} missing images`,
      {
        hint: says`filter those rows out before the model`,
        where: name,
      },
    )
}
