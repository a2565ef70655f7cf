import {z} from 'zod'
import {raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform, pick} from '../plugin.ts'
import type {Column, ColumnKind} from '../schema/table.ts'
import {markPattern, marks, numberPattern} from '../schema/written.ts'
import {rule} from '../words/rule.ts'
import {says} from '../words/says.ts'
import {mapped, namedColumns} from './lib/columns.ts'

const targets = ['number', 'integer', 'text', 'boolean', 'date', 'timestamp'] as const
type Target = (typeof targets)[number]

const params = z
  .strictObject({
    columns: namedColumns().describe('The columns to change.'),
    to: z.enum(targets).describe('The type that they become.'),
    format: z
      .string()
      .min(1)
      .optional()
      .describe(
        'How a date or timestamp is written in text, such as `%d/%m/%Y`; ISO 8601 if left out.',
      ),
    decimal: z
      .enum(['.', ','])
      .optional()
      .describe(
        'The decimal mark of numbers in text: `,` reads `R$ 1.234,56`, `.` reads `$1,234.56`; plain numbers such as `1234.56` if left out.',
      ),
    otherwise: z
      .enum(['error', 'missing'])
      .default('error')
      .describe('What happens to a value that cannot be read as that type.'),
  })
  .refine(
    p => p.format === undefined || p.to === 'date' || p.to === 'timestamp',
    rule(says`goes with \`to: date\` and \`to: timestamp\``, 'format'),
  )
  .refine(
    p => p.decimal === undefined || p.to === 'number' || p.to === 'integer',
    rule(says`goes with \`to: number\` and \`to: integer\``, 'decimal'),
  )
type Params = z.output<typeof params>

const types: Record<Target, string> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
}

const takes: Record<Target, readonly ColumnKind[]> = {
  number: ['number', 'boolean', 'category'],
  integer: ['number', 'boolean', 'category'],
  text: ['number', 'boolean', 'category', 'date', 'other'],
  boolean: ['number', 'boolean', 'category'],
  date: ['category', 'date'],
  timestamp: ['category', 'date'],
}

export const cast = defineTransform<Params>({
  kind: 'cast',
  version: 1,
  title: 'Change type',
  doc: `Reads columns as another type: text as numbers (also amounts of money, with \`decimal\`) or dates, numbers as text, whole numbers as true (not 0)
and false (0). A fraction is rounded to the nearest integer. A value that cannot be read stops the cell with an
error that shows it, or becomes missing if you say so; when serving it always becomes missing. Missing stays
missing, and \`NaN\` in text is missing.`,
  group: 'columns',
  params,
  serves: 'sql',
  rows: 'map',
  async check({columns, to, format}, rows, ask) {
    for (const {name, type, kind} of pick(rows, columns))
      if (!takes[to].includes(kind))
        throw new AppError(
          'wrong-type',
          says`column "${name}" is ${type}, which cannot become ${to}`,
          {
            hint:
              kind === 'date'
                ? says`a date-parts step makes numbers of a date`
                : says`cast it to text first, or use a derive step`,
          },
        )
    if (format !== undefined) await ask(sql`select try_strptime('', ${format})`)
  },
  plan: ({columns, otherwise, ...how}, rows, _, {part}) =>
    mapped(rows, columns, (own, name) => {
      const {to} = how
      const column = rows.columns.find(c => c.name === name)!
      const read = reading(own, column, how)
      if (otherwise === 'missing' || part === 'serve') return read
      const problem = sql`'cannot read ''' || left(${own}::varchar, 100) || ${`' in column "${name}" as ${to}`}`
      return sql`case when ${own} is not null and ${unread(own, column, read)}
        then error(${problem}) else ${read} end`
    }),
  examples: [
    {
      params: {columns: ['price', 'sold'], to: 'number'},
      rows: [
        {price: ' 3.50', sold: true},
        {price: '1e3', sold: false},
        {price: null, sold: null},
      ],
      gives: [
        {price: 3.5, sold: 1},
        {price: 1000, sold: 0},
        {price: null, sold: null},
      ],
    },
    {
      title: 'dates as they are written in Brazil',
      params: {columns: ['day'], to: 'date', format: '%d/%m/%Y', otherwise: 'missing'},
      rows: [{day: '31/12/2023'}, {day: '31/02/2024'}, {day: 'soon'}],
      gives: [{day: '2023-12-31'}, {day: null}, {day: null}],
    },
    {
      title: 'amounts as they are written in Brazil',
      params: {columns: ['rent'], to: 'number', decimal: ',', otherwise: 'missing'},
      rows: [
        {rent: 'R$ 1.234,56'},
        {rent: '-R$ 0,50'},
        {rent: '12 %'},
        {rent: '1.5'},
        {rent: 'to be agreed'},
        {rent: null},
      ],
      gives: [{rent: 1234.56}, {rent: -0.5}, {rent: 12}, {rent: null}, {rent: null}, {rent: null}],
    },
    {
      title: 'a number that is really a code',
      params: {columns: ['zip'], to: 'text'},
      rows: [{zip: 1310}],
      gives: [{zip: '1310'}],
    },
  ],
})

type How = Pick<Params, 'to' | 'format' | 'decimal'>

function reading(own: Sql, {kind}: Column, {to, format, decimal}: How): Sql {
  const type = raw(types[to])
  const text = decimal !== undefined && kind === 'category' ? written(own, decimal) : own
  const made =
    format !== undefined && kind === 'category'
      ? sql`try_strptime(${own}, ${format})::${type}`
      : sql`try_cast(${text} as ${type})`
  return to === 'number' ? sql`nullif(${made}, 'nan'::double)` : made
}

/** Text as DuckDB writes a number: no mark beside it, nothing between thousands; null where it is no such number. */
function written(own: Sql, decimal: '.' | ','): Sql {
  const thousands = decimal === ',' ? '.' : ','
  const bare = sql`regexp_replace(trim(${own}), ${markPattern(marks)}, '\\1')`
  const plain = sql`replace(replace(${bare}, ${thousands}, ''), ${decimal}, '.')`
  return sql`case when regexp_full_match(${bare}, ${`(?i)${numberPattern({decimal, thousands})}`}) then ${plain} end`
}

// The text `NaN` was read: as missing.
const unread = (own: Sql, {kind}: Column, read: Sql): Sql =>
  kind === 'category'
    ? sql`${read} is null and not coalesce(isnan(try_cast(${own} as double)), false)`
    : sql`${read} is null`
