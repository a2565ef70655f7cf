// The learning curve while a cell trains: plain SVG, redrawn with every epoch, every point kept.
import {SimpleGrid, Text} from '@mantine/core'
import {useElementSize} from '@mantine/hooks'
import {useMemo} from 'react'
import {drawn} from '../../core/charts/buckets.ts'
import type {LivePoint} from '../../core/schema/live.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './live-curve.module.css'

type Line = {name: string; epochs: number[]; values: number[]}
/** Figures on one scale: those of the training rows and of the validation rows. */
type Panel = {name: string; lines: Line[]}

/** `height` of one panel in pixels. */
export function LiveCurve({points, height = 120}: {points: readonly LivePoint[]; height?: number}) {
  const t = useT()
  const panels = useMemo(() => panelsOf(points), [points])
  if (panels.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('charts.noPoints')}
      </Text>
    )
  return (
    <SimpleGrid cols={{base: 1, sm: Math.min(2, panels.length)}} spacing="md">
      {panels.map(panel => (
        <PanelView key={panel.name} panel={panel} height={height} />
      ))}
    </SimpleGrid>
  )
}

/** `val_loss` goes with `loss`. */
export function panelsOf(points: readonly LivePoint[]): Panel[] {
  const lines = new Map<string, Line>()
  for (const {epoch, metrics} of points)
    for (const [name, value] of Object.entries(metrics)) {
      const line = lines.get(name) ?? {name, epochs: [], values: []}
      line.epochs.push(epoch)
      line.values.push(value)
      lines.set(name, line)
    }
  const panels = new Map<string, Panel>()
  for (const line of lines.values()) {
    const name = line.name.replace(/^val_/, '')
    const panel = panels.get(name) ?? {name, lines: []}
    panel.lines.push(line)
    panels.set(name, panel)
  }
  return [...panels.values()]
}

const strokes = [css.first, css.second, css.third]
const pad = {left: 52, right: 8, top: 8, bottom: 18}

function PanelView({panel, height}: {panel: Panel; height: number}) {
  const t = useT()
  const {figure} = useFormat()
  const {ref, width} = useElementSize()
  const inner = Math.max(1, width - pad.left - pad.right)
  const tall = height - pad.top - pad.bottom
  const {x, y} = useMemo(() => rangesOf(panel), [panel])
  const px = (epoch: number) =>
    pad.left + (x.high > x.low ? (epoch - x.low) / (x.high - x.low) : 0.5) * inner
  const py = (value: number) =>
    pad.top + (y.high > y.low ? (y.high - value) / (y.high - y.low) : 0.5) * tall
  const label = panel.lines
    .map(({name, epochs, values}) =>
      t('charts.lineLabel', {name, value: figure(values.at(-1)!), epoch: epochs.at(-1)!}),
    )
    .join('; ')
  return (
    <figure className={css.panel} ref={ref}>
      <figcaption className={css.legend}>
        {panel.lines.map(({name, values}, i) => (
          <span key={name}>
            <svg width="22" height="8" aria-hidden="true">
              <line x1="0" x2="22" y1="4" y2="4" className={strokes[i % 3]} />
            </svg>
            {name} <b>{figure(values.at(-1)!)}</b>
          </span>
        ))}
      </figcaption>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          {y.low <= y.high && (
            <>
              <line
                x1={pad.left}
                x2={width - pad.right}
                y1={py(y.low)}
                y2={py(y.low)}
                className={css.axis}
              />
              <text x={pad.left - 6} y={py(y.high) + 4} textAnchor="end" className={css.tick}>
                {figure(y.high)}
              </text>
              {y.high > y.low && (
                <text x={pad.left - 6} y={py(y.low) + 4} textAnchor="end" className={css.tick}>
                  {figure(y.low)}
                </text>
              )}
            </>
          )}
          <text x={pad.left} y={height - 4} className={css.tick}>
            {t('charts.epoch', {n: x.low})}
          </text>
          {x.high > x.low && (
            <text x={width - pad.right} y={height - 4} textAnchor="end" className={css.tick}>
              {t('charts.epoch', {n: x.high})}
            </text>
          )}
          {panel.lines.map((line, i) => (
            <path
              key={line.name}
              className={strokes[i % 3]}
              d={pathOf(line, Math.round(inner), px, py)}
            />
          ))}
        </svg>
      )}
      {panel.lines.map(({name, epochs, values}) => {
        const broken = values.findIndex(value => !Number.isFinite(value))
        return broken < 0 ? null : (
          <Text key={name} size="xs" className={css.broken}>
            {t('charts.notFinite', {name, epoch: epochs[broken]!})}
          </Text>
        )
      })}
    </figure>
  )
}

/** One point alone is drawn as a dot: a line of no length with round ends. */
function pathOf(
  {epochs, values}: Line,
  width: number,
  px: (epoch: number) => number,
  py: (value: number) => number,
): string {
  const kept = drawn(epochs, values, width)
  const at = (i: number) => `${px(epochs[i]!).toFixed(1)} ${py(values[i]!).toFixed(1)}`
  if (kept.length === 1) return `M${at(kept[0]!)}h0`
  return kept.map((i, n) => `${n === 0 ? 'M' : 'L'}${at(i)}`).join('')
}

function rangesOf({lines}: Panel) {
  const x = {low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY}
  const y = {...x}
  const widen = (range: typeof x, n: number) => {
    if (n < range.low) range.low = n
    if (n > range.high) range.high = n
  }
  for (const {epochs, values} of lines)
    for (const [i, epoch] of epochs.entries()) {
      widen(x, epoch)
      if (Number.isFinite(values[i])) widen(y, values[i]!)
    }
  return {x, y}
}
