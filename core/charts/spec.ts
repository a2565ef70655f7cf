// What every chart of Bancada is: a Vega-Lite spec that holds its own data, as plain data.

/** One row of a chart's data. */
export type Datum = Record<string, string | number | boolean | null>

/**
 * A Vega-Lite spec. Its rows stand in `data.values`, so that they can be listed as a table too; nothing is
 * ever loaded from elsewhere.
 */
export type ChartSpec = {
  data: {values: Datum[]}
  /** Pixels, where the data decide it; the place does else. */
  height?: number
  /** Which columns the table shows, and what they are called; all as they are where left out. */
  usermeta?: {columns: Record<string, string>}
} & Record<string, unknown>

/** A field as Vega-Lite reads it: dots, brackets and quotes in a name are not paths. */
export const field = (name: string) => name.replace(/[\\.[\]'"]/g, '\\$&')

/** Lines of several series: told apart by colour and by dashes, never by colour alone. */
export const bySeries = (name: string, title: string | null = null) => ({
  color: {field: field(name), type: 'nominal', title, sort: null},
  strokeDash: {field: field(name), type: 'nominal', title, sort: null},
})
