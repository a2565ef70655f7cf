// From data to a document: a file as a source cell, a warning's fix as a step, each undone at once.
import {useMemo} from 'react'
import type {CellBlock, Edit} from '../../core/schema/live.ts'
import type {Warning} from '../../core/schema/profile.ts'
import {cellsOf, type OpenDocument} from '../state/document.ts'
import {store} from '../state/store.ts'
import {namedPart} from '../table/info.ts'
import type {ProfileSource} from '../table/profiles.ts'
import {type Translate, useT} from '../ui/i18n.ts'

type Fix = NonNullable<Warning['fix']>

export function useInsert() {
  const t = useT()
  return useMemo(
    () => ({
      /** Adds a source cell for a file to the open document, or to a first one. Failures are told. */
      addSource: (path: string) => attempt(() => addSource(path, t)),
      /** Adds an images cell for a folder of images. */
      addImages: (path: string) => attempt(() => addImages(path, t)),
      /**
       * Adds the step of a warning after what it warns of, and before what comes after that; for a file its source
       * first, where none is there.
       */
      addFix: (source: ProfileSource, fix: Fix) => attempt(() => addFix(source, fix, t)),
    }),
    [t],
  )
}

async function attempt(work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    store.getState().fail(error)
  }
}

async function addSource(path: string, t: Translate) {
  const document = await workingDocument(t)
  const doc = await openAndKnow(document)
  await insert(document, sourceCell(path, freeName(doc, stemOf(path))), t)
}

async function addImages(folder: string, t: Translate) {
  const document = await workingDocument(t)
  const doc = await openAndKnow(document)
  const name = freeName(doc, stemOf(folder))
  const body = yamlOf({folder})
  await insert(
    document,
    {do: 'insert', where: 'end', language: 'yaml', kind: 'images', name, body},
    t,
  )
}

async function addFix(source: ProfileSource, fix: Fix, t: Translate) {
  if ('document' in source) {
    const {cell} = namedPart(source.table)
    const doc = await openAndKnow(source.document)
    return insert(source.document, woven(stepCell(fix, cell, freeName(doc, nameOf(fix)))), t)
  }
  const document = await workingDocument(t)
  const doc = await openAndKnow(document)
  const there = cellsOf(doc).find(block => readsFile(block, source.file))
  if (there) return insert(document, woven(stepCell(fix, there.id, freeName(doc, nameOf(fix)))), t)
  const name = freeName(doc, stemOf(source.file))
  const step = stepCell(fix, name, freeName(doc, nameOf(fix), [name]))
  await insert(document, {do: 'all', edits: [sourceCell(source.file, name), step]}, t)
}

/** The cell that does already what a fix would, somewhere after what was profiled. */
export function mendedBy(doc: OpenDocument, source: ProfileSource, fix: Fix): string | undefined {
  if ('document' in source && source.document !== doc.path) return undefined
  const cells = cellsOf(doc)
  const isSource = (cell: CellBlock) =>
    'document' in source ? cell.name === namedPart(source.table).cell : readsFile(cell, source.file)
  const after = new Set(cells.filter(isSource).map(({name}) => name))
  for (const cell of cells) if (cell.from.some(name => after.has(name))) after.add(cell.name)
  const params = JSON.stringify(fix.params)
  return cells.find(
    cell =>
      after.has(cell.name) && cell.kind === fix.kind && JSON.stringify(cell.params) === params,
  )?.name
}

const readsFile = ({kind, params}: CellBlock, path: string) =>
  kind === 'source' && params?.file === path

async function insert(document: string, edit: Edit, t: Translate) {
  const {edit: change, notify} = store.getState()
  const edited = await change(edit)
  if (!edited) return
  notify({
    text: t('data.inserted', {cell: edited.made ?? '', document}),
    undo: {document, revision: edited.revision},
  })
}

type Insert = Extract<Edit, {do: 'insert'}>

const sourceCell = (path: string, name: string): Insert => ({
  do: 'insert',
  where: 'end',
  language: 'yaml',
  kind: 'source',
  name,
  body: yamlOf({file: path}),
})

const stepCell = ({kind, params}: Fix, from: string, name: string): Insert => ({
  do: 'insert',
  where: {after: from},
  language: 'yaml',
  kind,
  name,
  from: [from],
  body: yamlOf(params),
})

/** A new cell whose result takes the place of its input for all that comes below. */
const woven = (cell: Insert): Edit => ({
  do: 'all',
  edits: [cell, {do: 'weave', cell: cell.name}],
})

/** The document that is worked in: the open one, the one of the address, the first of the project, or a new one. */
async function workingDocument(t: Translate): Promise<string> {
  const {doc, route, project, call, readProject} = store.getState()
  const documents = project?.documents ?? []
  const named = doc?.path ?? (route.at === 'project' ? route.document : undefined) ?? documents[0]
  if (named !== undefined) return named
  const {document} = await call('document.create', {name: t('data.firstDocument'), text: ''})
  await readProject()
  return document
}

/** Opens a document and waits until its cells are known. */
function openAndKnow(document: string): Promise<OpenDocument> {
  store.getState().openDocument(document)
  return new Promise((resolve, reject) => {
    const see = () => {
      const {doc} = store.getState()
      if (doc?.path !== document || doc.loading) return false
      if (doc.fault) reject(doc.fault)
      else resolve(doc)
      return true
    }
    if (see()) return
    const stop = store.subscribe(() => {
      if (see()) stop()
    })
  })
}

/** A name that no cell has, as the host would make it: here so that two new cells can be told in one edit. */
function freeName(doc: OpenDocument, base: string, more: readonly string[] = []): string {
  const taken = new Set([...cellsOf(doc).map(c => c.name), ...more].map(n => n.toLowerCase()))
  let name = base
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}_${n}`
  return name
}

/** `data/Preços 2024.csv` → `preços_2024`; a digit in front would need quotes in SQL. */
function stemOf(path: string): string {
  const file = path
    .split('/')
    .at(-1)!
    .replace(/\.[^.]*$/, '')
  const plain = file
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
  return /^\p{L}/u.test(plain) ? plain : `data_${plain}`.replace(/_$/, '')
}

const nameOf = ({kind}: Fix) => kind.replaceAll('-', '_')

/** Parameters as a cell's body: one a line; JSON is YAML, and plain words need no quotes. */
const yamlOf = (params: Record<string, unknown>): string =>
  Object.entries(params)
    .map(([name, value]) => `${name}: ${plainWord(value) ? value : JSON.stringify(value)}\n`)
    .join('')

const plainWord = (value: unknown) =>
  typeof value === 'string' &&
  /^[a-z][\w./-]*$/i.test(value) &&
  !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
