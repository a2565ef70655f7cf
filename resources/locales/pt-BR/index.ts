// As palavras da janela em português do Brasil.
import {canvas} from './canvas.ts'
import {charts} from './charts.ts'
import {common} from './common.ts'
import {data} from './data.ts'
import {desktop} from './desktop.ts'
import {form} from './form.ts'
import {guide} from './guide.ts'
import {home} from './home.ts'
import {kinds} from './kinds/index.ts'
import {models} from './models.ts'
import {notebook} from './notebook.ts'
import {report} from './report.ts'
import {runs} from './runs.ts'
import {table} from './table.ts'
import {windowWords as window} from './window.ts'

export const ptBR = {
  canvas,
  charts,
  common,
  data,
  desktop,
  form,
  guide,
  home,
  kinds,
  models,
  notebook,
  report,
  runs,
  table,
  window,
}
