// The contract's calls for one open project. No logic of its own: each call is a line or two.
import {join, resolve} from 'node:path'
import {dataFiles, Uploads} from './data/files.ts'
import {Memo} from './data/memo.ts'
import {profileFile} from './data/profile/file.ts'
import {Session} from './data/session.ts'
import {sqlWords} from './data/words.ts'
import {KeptDownloads} from './download/kept.ts'
import {makeDownload} from './download/make.ts'
import {AppError} from './error.ts'
import {History} from './history/history.ts'
import {Runs} from './history/runs.ts'
import {bundleOf} from './notebook/bundle-of.ts'
import {Evaluated} from './notebook/evaluated.ts'
import {explainRun} from './notebook/explained.ts'
import {kindInfos} from './notebook/kinds.ts'
import {Documents} from './notebook/live/documents.ts'
import type {RunSettings} from './notebook/live/running.ts'
import {runNotebook} from './notebook/run.ts'
import {profileOf, statusOf} from './notebook/status.ts'
import {Tables} from './notebook/tables.ts'
import {documents, openProject, updateManifest} from './project.ts'
import {cardView} from './registry/card-view.ts'
import {openRegistry} from './registry/open.ts'
import type {ProjectHandlers} from './rpc.ts'
import type {SqlWords} from './schema/sql-words.ts'
import {rehearse} from './serving/rehearse.ts'
import {StartedBundles} from './serving/started.ts'
import {says} from './words/says.ts'

export type HostOptions = {
  settings?: () => Promise<RunSettings>
  /** Opens a project that cannot be written as well. */
  look?: boolean
  /** Called when the first document begins to run, and when the last one has ended. */
  busy?: (on: boolean) => void
}

/** The calls of the contract over the project that `path` lies in. */
export async function openHost(
  path: string,
  {settings, look, busy}: HostOptions = {},
): Promise<ProjectHandlers> {
  const project = await openProject(path, {look})
  const {folder} = project
  const runs = new Runs(join(folder, '.bancada', 'runs'))
  const history = new History(runs)
  const registry = openRegistry(folder)
  const tables = new Tables(project)
  const uploads = new Uploads({folder, temp: project.store.temp})
  const evaluated = new Evaluated(project)
  const bundles = new StartedBundles()
  const downloads = new KeptDownloads(project.store.temp)
  const house = {project, registry, runs, aside: () => downloads.aside()}
  const words = new Memo<SqlWords>(1)
  const open = new Documents(project, {settings, busy, ran: () => tables.forget()})
  return {
    'project.info': async () => ({
      folder,
      manifest: project.manifest,
      documents: await documents(project),
      ...(project.readOnly && {readOnly: true}),
    }),
    'project.update': async change => {
      project.manifest = (await updateManifest(project, change)).manifest
      return project.manifest
    },
    'kinds.list': async () => kindInfos(),
    'document.watch': async ({document}, {signal, tell}) => {
      await open.get(document).watch(tell, signal)
      // It only ends by being cancelled.
      throw new AppError('cancelled', says`stopped`)
    },
    'document.edit': ({document, edit, base}) => open.get(document).edit(edit, base),
    'document.undo': ({document, base}) => open.get(document).undo(base),
    'document.redo': ({document}) => open.get(document).redo(),
    'document.create': async ({name, text}) => ({document: await open.create(name, text)}),
    'document.rename': async ({document, name}) => ({document: await open.rename(document, name)}),
    'document.remove': async ({document}) => ({trash: await open.remove(document)}),
    'document.restore': async ({trash}) => ({document: await open.restore(trash)}),
    'document.run': async ({document, cells}) => {
      void open.run(document, cells)
      return {}
    },
    'document.stop': async ({document}) => {
      open.get(document).running.stop()
      return {}
    },
    'notebook.status': ({document}) => statusOf(project, document),
    'notebook.run': async ({document, cells: only, memory, threads}, {signal, tell}) => {
      const {cells, problems} = await runNotebook(project, document, {
        only,
        memory,
        threads,
        signal,
        tell: event => {
          if (event.state === 'done') tables.forget()
          tell(event)
        },
      })
      // Who has it open does not run it, and hears of its results in this way.
      open.refresh()
      return {cells: [...cells.values()], problems}
    },
    'table.page': ({document, table, offset, limit, ...view}, task) =>
      tables.page({document, table}, view, {offset, limit}, task),
    'table.count': ({document, table, ...view}, task) =>
      tables.count({document, table}, view, task),
    'data.profile': (of, task) => {
      const {target} = of
      return 'file' in of
        ? profileFile({folder, file: of.file, target, temp: project.store.temp}, task)
        : profileOf(project, of.document, of.table, {target, ...task})
    },
    'sql.words': () => words.get('', () => withSession(folder, sqlWords)),
    'report.rows': ({document, cell, truth, predicted, ...range}, {signal}) =>
      evaluated.rows({document, cell}, {truth, predicted}, range, {signal}),
    'report.write': async ({document, language}, {signal}) => {
      const {writeReport} = await import('./report/write.ts')
      return writeReport(project, runs, document, {language, signal})
    },
    'data.files': () => dataFiles(folder),
    'data.put': async part => {
      const put = await uploads.put(part)
      if (put.path !== undefined) open.refresh()
      return put
    },
    'runs.list': input => history.list(input),
    'runs.get': ({id}) => history.get(id),
    'runs.points': async ({id, from}) => ({points: (await runs.points(id)).slice(from)}),
    'runs.log': async ({id, from}) => ({lines: (await runs.log(id)).slice(from)}),
    'runs.report': ({id, by}) => runs.report(id, by),
    'runs.explain': (of, task) => explainRun(project, runs, of, task),
    'runs.explanation': ({id}) => runs.explanation(id),
    'runs.compare': ({ids}) => history.compare(ids),
    'runs.query': ({sql, limit}, {signal}) => history.sql(sql, {limit, signal}),
    'runs.mark': async ({id, ...change}) => {
      await mark(runs, id, change)
      return history.get(id)
    },
    'runs.remove': async ({id}) => {
      await runs.remove(id)
      return {id}
    },
    'models.list': () => registry.list(),
    'models.get': ({name}) => registry.get(name),
    'models.setStage': ({name, version, stage, ...rest}) =>
      registry.setStage(name, version, stage, rest),
    'models.judge': ({name, version, approved, why}) =>
      approved ? registry.approve(name, version, {why}) : registry.reject(name, version, {why}),
    'models.rollBack': ({name, ...rest}) => registry.rollBack(name, rest),
    'models.describe': ({name, version, texts}) => registry.describe(name, version, texts),
    'models.audit': ({name}) => registry.audit(name),
    'models.card': of => cardView(registry, runs, of),
    'models.download': async (wanted, {signal, tell, gone}) =>
      downloads.keep(await makeDownload(house, wanted, {signal, tell}), {gone, signal}),
    'download.read': ({id, offset}) => downloads.read(id, offset),
    'download.drop': async ({id}) => {
      await downloads.drop(id)
      return {id}
    },
    'bundle.start': async (of, {signal, gone: until}) => {
      const bundle = 'folder' in of ? resolve(folder, of.folder) : await bundleOf(project, of)
      return bundles.start(bundle, {signal, until})
    },
    'bundle.ask': ({id, rows}, {signal}) => bundles.ask(id, rows, {signal}),
    'bundle.stop': async ({id}) => {
      await bundles.stop(id)
      return {id}
    },
    'bundle.rehearse': ({folder: bundle}, task) => rehearse(resolve(folder, bundle), task),
  }
}

async function withSession<T>(folder: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await Session.open({folder})
  try {
    return await work(session)
  } finally {
    session.close()
  }
}

type Change = {notes?: string; tags?: string[]; star?: boolean; archived?: boolean}

async function mark(runs: Runs, id: string, {notes, tags, star, archived}: Change): Promise<void> {
  if (notes !== undefined) await runs.setNotes(id, notes)
  if (tags !== undefined) await runs.setTags(id, tags)
  if (star !== undefined) await runs.setStar(id, star)
  if (archived !== undefined) await runs.setArchived(id, archived)
}
