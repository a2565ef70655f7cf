// Writes the report of a document into the project.
import {mkdir} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {Pages} from '../data/pages.ts'
import {onDisk, writeWhole} from '../files.ts'
import type {Runs} from '../history/runs.ts'
import type {Project} from '../project.ts'
import type {Language} from '../schema/settings.ts'
import type {Table} from '../schema/table.ts'
import {rowsOfPage} from '../wire/page.ts'
import {gather} from './gather.ts'
import {page} from './page.ts'
import {speaker} from './speak.ts'

/** How many rows of a table a report shows. */
const shownRows = 8

/**
 * Writes `reports/<document>.html`, one file that needs nothing beside it, of what the document says and its cells
 * gave; nothing is run for it. Answers the path in the project, and the text. Throws `missing-file`, `read-only`.
 */
export async function writeReport(
  project: Project,
  runs: Runs,
  document: string,
  {
    language = 'en',
    signal,
    now = Date.now,
  }: {language?: Language; signal?: AbortSignal; now?: () => number} = {},
): Promise<{path: string; html: string}> {
  const pages = new Pages(project.folder)
  const firstRows = async (table: Table) => {
    const view = {filter: [], search: '', sort: []}
    const found = await pages.page(table, view, {offset: 0, limit: shownRows}, {signal})
    return {columns: found.columns, rows: rowsOfPage(found.arrow)}
  }
  const run = async (id: string) => ({run: await runs.get(id), points: await runs.points(id)})
  try {
    const gathered = await gather(project, runs, document)
    const at = new Date(now()).toISOString()
    const html = await page(gathered, {firstRows, run}, speaker(language), at)
    signal?.throwIfAborted()
    const folder = join(project.folder, 'reports')
    const path = `reports/${basename(document, '.md')}.html`
    await onDisk(folder, () => mkdir(folder, {recursive: true}))
    await writeWhole(join(project.folder, path), html)
    return {path, html}
  } finally {
    await pages.close()
  }
}
