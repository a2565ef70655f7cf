// Vega, all of it in this one late file. It runs under the window's policy: expressions are interpreted, not
// compiled, and nothing is ever loaded.
import {type Loader, parse, type Spec, View} from 'vega'
import {expressionInterpreter} from 'vega-interpreter'
import {compile, type TopLevelSpec} from 'vega-lite'
import {chartConfig, type Scheme} from '../../core/charts/config.ts'
import {nothing} from '../../core/charts/nothing.ts'
import type {ChartSpec} from '../../core/charts/spec.ts'
import type {Language} from '../../core/schema/settings.ts'

/** Many marks are drawn on a canvas: an SVG element each would slow the page. */
const mostSvgMarks = 2000

export type Drawn = {resize: (width: number) => Promise<void>; close: () => void}

/** Draws a chart into an element, `width` pixels wide. */
export async function draw(
  container: HTMLElement,
  spec: ChartSpec,
  {
    scheme,
    language,
    width,
    height,
  }: {scheme: Scheme; language: Language; width: number; height?: number},
): Promise<Drawn> {
  const sized = {
    ...spec,
    width,
    height: spec.height ?? height ?? 260,
    autosize: {type: 'fit-x', contains: 'padding', resize: true},
    padding: 4,
  }
  const {spec: vega} = compile(sized as unknown as TopLevelSpec, {
    config: chartConfig(scheme, language),
  })
  const runtime = parse(vega as Spec, undefined, {ast: true})
  const view = new View(runtime, {
    expr: expressionInterpreter,
    loader: nothing as unknown as Loader,
    renderer: spec.data.values.length > mostSvgMarks ? 'canvas' : 'svg',
    container,
    hover: true,
  })
  await view.runAsync()
  return {
    resize: async to => {
      await view.width(to).resize().runAsync()
    },
    close: () => view.finalize(),
  }
}
