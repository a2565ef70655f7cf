// How a table is looked at: which columns, which rows, in which order. Checked where it comes in.
import {z} from 'zod'

const value = z.union([z.string(), z.number(), z.boolean()])
const column = z.string()

/** What a row must meet. A value is compared as the column's own type, so a date or a large integer may be text. */
export const conditionSchema = z.discriminatedUnion('is', [
  z.strictObject({column, is: z.enum(['=', '<>', '<', '<=', '>', '>=']), value}),
  z.strictObject({column, is: z.literal('one-of'), values: z.array(value).min(1).max(1000)}),
  /** Text within the column's text, in upper or lower case. */
  z.strictObject({column, is: z.literal('contains'), value: z.string()}),
  z.strictObject({column, is: z.enum(['missing', 'present'])}),
])
export type Condition = z.infer<typeof conditionSchema>

const order = z.enum(['asc', 'desc']).default('asc')

export const viewFields = {
  /** Which columns, in this order; all when left out. */
  columns: z.array(column).min(1).optional(),
  /** All must hold. */
  filter: z.array(conditionSchema).max(100).default([]),
  /** Text that one of the shown columns contains, in upper or lower case. */
  search: z.string().max(1000).default(''),
  /** Missing values come last, rows that are equal in the order of the table. */
  sort: z
    .array(z.strictObject({by: column, order}))
    .max(20)
    .default([]),
}
export type View = z.infer<z.ZodObject<typeof viewFields>>
