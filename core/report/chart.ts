// A chart as SVG, made without a browser and under the rules of the window: expressions are interpreted, nothing is
// loaded.
import {chartConfig} from '../charts/config.ts'
import {nothing} from '../charts/nothing.ts'
import type {ChartSpec} from '../charts/spec.ts'
import {type Html, html, trusted} from './html.ts'
import type {Speak} from './speak.ts'

/** The place between the axes of all charts, in pixels; some say themselves how high they are. */
const size = {width: 480, height: 220}

/** `label` says what is seen, for who does not see it. */
export async function chart(spec: ChartSpec, label: string, {language}: Speak): Promise<Html> {
  // Late: a report is rare, and all of Vega is not small.
  const [{parse, View}, {expressionInterpreter}, {compile}] = await Promise.all([
    import('vega'),
    import('vega-interpreter'),
    import('vega-lite'),
  ])
  const whole = {
    ...size,
    ...spec,
    autosize: 'pad',
    padding: 4,
  }
  const {spec: vega} = compile(whole as never, {config: chartConfig('light', language)})
  const view = new View(parse(vega, undefined, {ast: true}), {
    expr: expressionInterpreter,
    loader: nothing as never,
    renderer: 'none',
  })
  try {
    const svg = await view.toSVG()
    return html`<figure role="img" aria-label="${label}">${trusted(svg)}</figure>`
  } finally {
    view.finalize()
  }
}
