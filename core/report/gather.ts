// Everything that a report tells: the document, how its cells stand, and what their results rest on.
import {readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {Session} from '../data/session.ts'
import {checklist, hasGuide, type Item} from '../guide/checklist.ts'
import {environment} from '../history/environment.ts'
import type {Runs} from '../history/runs.ts'
import {parseNotebook} from '../notebook/document.ts'
import {kindInfos} from '../notebook/kinds.ts'
import {blocksOf} from '../notebook/live/blocks.ts'
import {prepare} from '../notebook/prepare.ts'
import {statusOf} from '../notebook/status.ts'
import type {Project} from '../project.ts'
import type {KindInfo} from '../schema/kind.ts'
import type {Block} from '../schema/live.ts'
import type {Manifest} from '../schema/project.ts'
import type {CellStatus} from '../schema/result.ts'
import type {Environment, Run} from '../schema/run.ts'

export type DataFile = {path: string; hash: string; bytes: number}

export type Gathered = {
  document: string
  manifest: Manifest
  blocks: Block[]
  kinds: Record<string, KindInfo>
  status: Record<string, CellStatus>
  /** Only in a project with a guide. */
  checklist?: Item[]
  files: DataFile[]
  /** Of the models as they stand now. */
  runs: Run[]
  environment: Environment
}

/** Reads all that a report of a document tells, without running anything. Throws `missing-file`. */
export async function gather(project: Project, runs: Runs, document: string): Promise<Gathered> {
  const {cells, edges} = await statusOf(project, document)
  const {notebook} = parseNotebook(await readFile(join(project.folder, document), 'utf8'), document)
  const {order, byId} = blocksOf(notebook)
  const kinds = Object.fromEntries(kindInfos().map(info => [info.kind, info]))
  const status = Object.fromEntries(cells.map(cell => [cell.cell, cell]))
  const blocks = order.map(id => byId.get(id)!)
  const subject = {order, blocks: Object.fromEntries(byId), status, edges}
  const {manifest} = project
  return {
    document,
    manifest,
    blocks,
    kinds,
    status,
    ...(hasGuide(manifest) && {checklist: checklist(subject, kinds, manifest)}),
    files: await filesOf(project, document),
    runs: await runsOf(cells, runs),
    environment: environment(),
  }
}

async function filesOf(project: Project, document: string): Promise<DataFile[]> {
  const session = await Session.open({folder: project.folder})
  try {
    const {cells} = await prepare(project, document, session)
    const files = Object.assign({}, ...cells.map(({files}) => files)) as Record<string, string>
    return await Promise.all(
      Object.entries(files).map(async ([path, hash]) => {
        const {size} = await stat(join(project.folder, path))
        return {path, hash, bytes: size}
      }),
    )
  } finally {
    session.close()
  }
}

function runsOf(cells: readonly CellStatus[], runs: Runs): Promise<Run[]> {
  const ids = cells.flatMap(cell =>
    cell.state === 'fresh' && cell.result.value.type === 'model' ? [cell.result.value.run] : [],
  )
  return Promise.all([...new Set(ids)].map(id => runs.get(id)))
}
