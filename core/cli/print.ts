// Terminal text: tables, durations, faults. Colour only where a person reads it.
import {styleText} from 'node:util'
import type {Fault} from '../error.ts'

const colour = process.stdout.isTTY && !process.env.NO_COLOR

type Style = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold'
export const paint = (style: Style, text: string) => (colour ? styleText(style, text) : text)

/** Columns side by side; numbers to the right. The first row is the head. */
export function table(
  rows: readonly (readonly (string | number | undefined)[])[],
  indent = '',
): string {
  const cells = rows.map(row => row.map(cell => (cell === undefined ? '' : String(cell))))
  const widths = (cells[0] ?? []).map((_, i) => Math.max(...cells.map(row => width(row[i] ?? ''))))
  const right = (cells[0] ?? []).map((_, i) =>
    rows
      .slice(1)
      .some(row => typeof row[i] === 'number' || /^[\d.,]+ ?(ms|s|%)?$/.test(String(row[i] ?? ''))),
  )
  return cells
    .map((row, r) => {
      const line = row.map((cell, i) => {
        const gap = ' '.repeat(widths[i]! - width(cell))
        return right[i] ? gap + cell : cell + gap
      })
      const text = indent + line.join('  ').trimEnd()
      return r === 0 ? paint('dim', text) : text
    })
    .join('\n')
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
const width = (text: string) => [...text.replace(escapes, '')].length

/** `950 ms`, `12.3 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

// Not `toLocaleString`, whose first call takes ten milliseconds.
/** A whole number with commas: `1,234,567`. */
export const count = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** A figure with four significant digits. */
export const figure = (x: number | undefined) =>
  x === undefined
    ? ''
    : Number.isInteger(x)
      ? String(x)
      : // Zeros after the point alone: 4440.3 is 4440, not 444.
        x
          .toPrecision(4)
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, '')

/** What happened, where, and the way out. */
export function fault({message, hint, where, code, run}: Fault): string {
  const head = `${paint('red', 'error')} ${where ? `${where}: ` : ''}${message} ${paint('dim', `[${code}]`)}`
  const more =
    run === undefined ? undefined : `\`bancada runs logs ${run}\` tells what the training said`
  return [
    head,
    ...[hint, more].flatMap(way => (way ? [`  ${paint('cyan', '→')} ${way}`] : [])),
  ].join('\n')
}
