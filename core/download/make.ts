// Makes what is to be taken away of a version.
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {onDisk} from '../files.ts'
import type {Runs} from '../history/runs.ts'
import {bundleOf} from '../notebook/bundle-of.ts'
import type {Project} from '../project.ts'
import {cardView} from '../registry/card-view.ts'
import type {Registry} from '../registry/registry.ts'
import type {Downloadable} from '../schema/download.ts'
import type {Progress} from '../schema/result.ts'
import type {Language} from '../schema/settings.ts'
import {verifyBundle} from '../serving/bundle.ts'
import {progressOf, says} from '../words/says.ts'
import {writeArchive} from './archive.ts'
import {cardPage} from './card-page.ts'
import type {Made} from './kept.ts'

export type Wanted = {name: string; version: number; what: Downloadable; language: Language}
type House = {project: Project; registry: Registry; runs: Runs; aside: () => Promise<string>}
type Task = {signal?: AbortSignal; tell?: (progress: Progress) => void}

/**
 * A file of a version that is registered: whatever is asked for, nothing but its own files can be named. Errors:
 * `unknown-name`; `missing-file` where it was not packaged or has no card; `damaged` where a file is not what it was;
 * `no-space`, `read-only`, `cancelled`.
 */
export async function makeDownload(house: House, wanted: Wanted, task: Task = {}): Promise<Made> {
  const {name, version, what, language} = wanted
  const registered = await house.registry.version(name, version)
  const stem = `${name}-${version}`
  if (what === 'onnx') {
    const file = join(await house.registry.open(registered), 'model.onnx')
    return {file, own: false, name: `${stem}.onnx`, type: 'application/octet-stream'}
  }
  const file = await house.aside()
  if (what === 'bundle') {
    const bundle = await bundleOf(house.project, {name, version})
    task.tell?.(progressOf(says`checking the files`))
    await verifyBundle(bundle)
    await writeArchive(bundle, file, {under: stem, ...task})
    return {file, own: true, name: `${stem}.zip`, type: 'application/zip'}
  }
  const {markdown} = await cardView(house.registry, house.runs, {name, version, language})
  const page = what === 'card-html'
  const text = page ? cardPage(markdown, {title: `${name} ${version}`, language}) : markdown
  await onDisk(file, () => writeFile(file, text, {flag: 'wx'}))
  const type = page ? 'text/html; charset=utf-8' : 'text/markdown; charset=utf-8'
  return {file, own: true, name: `${stem}-card.${page ? 'html' : 'md'}`, type}
}
