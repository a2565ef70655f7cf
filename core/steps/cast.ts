import {z} from 'zod'
import {raw, type Sql, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {defineTransform, pick} from '../plugin.ts'
import type {Column, ColumnKind} from '../schema/table.ts'
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
    otherwise: z
      .enum(['error', 'missing'])
      .default('error')
      .describe('What happens to a value that cannot be read as that type.'),
  })
  .refine(
    p => p.format === undefined || p.to === 'date' || p.to === 'timestamp',
    rule(says`goes with \`to: date\` and \`to: timestamp\``, 'format'),
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
  doc: `Reads columns as another type: text as numbers or dates, numbers as text, whole numbers as true (not 0)
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
  plan: ({columns, to, format, otherwise}, rows, _, {part}) =>
    mapped(rows, columns, (own, name) => {
      const column = rows.columns.find(c => c.name === name)!
      const read = reading(own, column, to, format)
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
      title: 'a number that is really a code',
      params: {columns: ['zip'], to: 'text'},
      rows: [{zip: 1310}],
      gives: [{zip: '1310'}],
    },
  ],
})

function reading(own: Sql, {kind}: Column, to: Target, format: string | undefined): Sql {
  const type = raw(types[to])
  const made =
    format !== undefined && kind === 'category'
      ? sql`try_strptime(${own}, ${format})::${type}`
      : sql`try_cast(${own} as ${type})`
  return to === 'number' ? sql`nullif(${made}, 'nan'::double)` : made
}

// The text `NaN` was read: as missing.
const unread = (own: Sql, {kind}: Column, read: Sql): Sql =>
  kind === 'category'
    ? sql`${read} is null and not coalesce(isnan(try_cast(${own} as double)), false)`
    : sql`${read} is null`
