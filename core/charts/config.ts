// One look for all charts, in light and in dark; on screens and in reports.
import type {Language} from '../schema/settings.ts'
import {chartLocale} from './locale.ts'

export type Scheme = 'light' | 'dark'

type Tokens = {
  text: string
  dim: string
  line: string
  series: string[]
  heat: [string, string]
  ramp: [string, string]
}

// Series have a contrast of at least 3 to 1 with the ground that they stand on (WCAG 1.4.11).
const tokens: Record<Scheme, Tokens> = {
  light: {
    text: '#1f2428',
    dim: '#5c6670',
    line: '#d9dee2',
    series: [
      '#1b5e6b',
      '#c2570c',
      '#6a3d9a',
      '#2e7d32',
      '#b5306b',
      '#2a66c8',
      '#7a5230',
      '#5c6670',
    ],
    heat: ['#e8f5f7', '#0b4a56'],
    ramp: ['#8fc3cd', '#0b4a56'],
  },
  dark: {
    text: '#e6eaed',
    dim: '#a3adb5',
    line: '#333a40',
    series: [
      '#7fd0de',
      '#ffb070',
      '#c9a6ff',
      '#8fd694',
      '#ff9ac2',
      '#8ab4ff',
      '#d9b38c',
      '#a3adb5',
    ],
    heat: ['#1e2f34', '#a5e3ee'],
    ramp: ['#4a7f8b', '#c2f1f9'],
  },
}

/** Vega-Lite's `config` for a colour scheme. */
export function chartConfig(scheme: Scheme, language: Language): Record<string, unknown> {
  const {text, dim, line, series, heat, ramp} = tokens[scheme]
  const font = '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
  return {
    font,
    locale: chartLocale(language),
    background: 'transparent',
    view: {stroke: null},
    range: {category: series, heatmap: heat, ramp, ordinal: ramp},
    axis: {
      labelColor: dim,
      titleColor: text,
      titleFontWeight: 500,
      gridColor: line,
      domainColor: line,
      tickColor: line,
      labelLimit: 140,
    },
    legend: {labelColor: text, titleColor: text, titleFontWeight: 500, labelLimit: 220},
    header: {labelColor: text, titleColor: text},
    title: {color: text, fontWeight: 500, anchor: 'start'},
    mark: {color: series[0]},
    bar: {color: series[0]},
    rule: {color: dim},
    text: {color: text},
    line: {strokeWidth: 1.75},
    point: {size: 28, filled: true, opacity: 0.8},
  }
}
