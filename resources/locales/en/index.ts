// The window's words in English. One file a room; the Portuguese ones have the same keys.
import {canvas} from './canvas.ts'
import {charts} from './charts.ts'
import {common} from './common.ts'
import {data} from './data.ts'
import {desktop} from './desktop.ts'
import {form} from './form.ts'
import {guide} from './guide.ts'
import {home} from './home.ts'
import {models} from './models.ts'
import {notebook} from './notebook.ts'
import {report} from './report.ts'
import {runs} from './runs.ts'
import {table} from './table.ts'
import {windowWords as window} from './window.ts'

export const en = {
  canvas,
  charts,
  common,
  data,
  desktop,
  form,
  guide,
  home,
  models,
  notebook,
  report,
  runs,
  table,
  window,
}

/** The same keys, with texts of another language. */
export type Words<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends {one: string; other: string}
      ? {one: string; other: string}
      : Words<T[K]>
}
