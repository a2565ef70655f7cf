// Where cells stand on the canvas, as the front matter keeps it.
import type {Notebook} from '../schema/notebook.ts'
import {lineEnd} from './lines.ts'
import {change, type Splice} from './splice.ts'
import {names} from './write.ts'
import {setYaml} from './yaml-edit.ts'

/** Where cells stand on the canvas. `undefined` leaves a cell to the automatic layout again. */
export type Layout = Record<string, readonly [x: number, y: number] | undefined>

/** Writes places on the canvas into the front matter, and makes one where there is none. */
export function setLayout(notebook: Notebook, layout: Layout): string {
  return change(notebook, layoutSplices(notebook, layout), {names: names(notebook)})
}

/** Changes of the front matter that put cells at places of the canvas. */
export function layoutSplices(notebook: Notebook, layout: Layout): Splice[] {
  const {source, frontMatter, frontMatterSpan: span, file} = notebook
  const eol = lineEnd(source)
  const old = frontMatter.layout
  const known = typeof old === 'object' && old !== null ? Object.keys(old) : []
  const places = Object.entries(layout).filter(([name, at]) => at || known.includes(name))
  if (places.length === 0) return []
  let yaml = span ? source.slice(span.start, span.end) : ''
  for (const [name, at] of places)
    yaml = setYaml(yaml, ['layout', name], at?.map(Math.round), {eol, where: file})
  if (span) return [{...span, text: yaml}]
  const start = source.startsWith('\ufeff') ? 1 : 0
  return [{start, end: start, text: `---${eol}${yaml}---${eol}${source.length > start ? eol : ''}`}]
}
