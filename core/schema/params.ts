// Parameters of a cell kind: zod schemas that also tell a form how to draw them.
import {z} from 'zod'
import type {ColumnKind} from './table.ts'

// Without code generation, so that the same schemas run under a strict content security policy.
z.config({jitless: true})

/** What a form, the command line's help and the documentation read beside the schema itself. */
export type ParamMeta = {
  title?: string
  description?: string
  /** Which control draws it, where the schema alone does not tell. */
  widget?: 'column' | 'columns' | 'sql' | 'cell'
  /** For columns: the kinds it takes. */
  accepts?: readonly ColumnKind[]
  /** For a model's parameter: where a sweep looks when the user does not say. */
  sweep?: {low: number; high: number; scale?: 'log' | 'linear'} | {values: readonly unknown[]}
}

/**
 * Columns by name. Left out, it means every column of an accepted kind but the targets of the models
 * downstream. Whoever runs a step fills that in, so the step itself always sees a list of real columns.
 */
export const columns = ({accepts}: {accepts?: readonly ColumnKind[]} = {}) =>
  z
    .array(z.string())
    .optional()
    .meta({widget: 'columns', accepts} satisfies ParamMeta) as unknown as z.ZodType<string[]>

/** One column by name. */
export const column = ({accepts}: {accepts?: readonly ColumnKind[]} = {}) =>
  z.string().meta({widget: 'column', accepts} satisfies ParamMeta)

/** A SQL expression or condition over the columns of the incoming table. */
export const expression = () =>
  z
    .string()
    .min(1)
    .meta({widget: 'sql'} satisfies ParamMeta)
