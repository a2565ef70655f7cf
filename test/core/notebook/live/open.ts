// An open document of a real project, and what a client that only hears of changes makes of it.
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {OpenDocument} from '../../../../core/notebook/live/document.ts'
import {createProject} from '../../../../core/project.ts'
import type {Block, DocumentEvent, LivePoint} from '../../../../core/schema/live.ts'
import type {CellEvent, CellStatus} from '../../../../core/schema/result.ts'
import {temporaryFolder} from '../../../support/folder.ts'

export const document = 'notebooks/test.md'

export const sqlCell = (name: string, body: string) => `\`\`\`sql cell=${name}\n${body}\n\`\`\`\n`
export const formCell = (name: string, kind: string, from: string, body: string) =>
  `\`\`\`yaml cell=${name} kind=${kind}${from && ` from=${from}`}\n${body}\n\`\`\`\n`

export async function projectOf(text: string, files: Record<string, string> = {}) {
  const project = await createProject(join(await temporaryFolder(), 'project'))
  const file = join(project.folder, document)
  await writeFile(file, text)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(project.folder, 'data'), {recursive: true})
    await writeFile(join(project.folder, 'data', name), content)
  }
  return {project, file, text: () => readFile(file, 'utf8')}
}

/** Opens a document of that text. Its clock stands still unless it is moved. */
export async function openText(text: string, files: Record<string, string> = {}) {
  const made = await projectOf(text, files)
  const clock = {now: 1_000_000}
  const doc = new OpenDocument(made.project, document, {now: () => clock.now})
  onTestFinished(() => doc.close())
  return {...made, doc, clock}
}

/** A client: what it holds is made of the events alone. */
export async function follow(doc: OpenDocument) {
  const events: DocumentEvent[] = []
  const held = {
    order: [] as string[],
    blocks: new Map<string, Block>(),
    statuses: new Map<string, CellStatus>(),
    cells: new Map<string, CellEvent>(),
    curves: new Map<string, LivePoint[]>(),
    running: false,
    missing: false,
    revision: 0,
  }
  const stop = new AbortController()
  const heard = new Set<() => void>()
  const over = doc.watch(event => {
    events.push(event)
    take(event)
    for (const check of heard) check()
  }, stop.signal)
  const leave = async () => {
    stop.abort()
    await over
  }
  onTestFinished(leave)

  function take(event: DocumentEvent) {
    if (event.type === 'blocks') {
      held.revision = event.revision
      held.missing = false
      for (const block of event.changed) held.blocks.set(block.id, block)
      if (event.order) held.order = event.order
      for (const id of held.blocks.keys()) if (!held.order.includes(id)) held.blocks.delete(id)
    } else if (event.type === 'status') {
      for (const status of event.cells) held.statuses.set(status.cell, status)
      for (const cell of event.gone) held.statuses.delete(cell)
    } else if (event.type === 'cell') held.cells.set(event.event.cell, event.event)
    else if (event.type === 'curve') {
      const points = held.curves.get(event.cell)?.slice(0, event.from) ?? []
      held.curves.set(event.cell, [...points, ...event.points])
    } else if (event.type === 'running') held.running = event.on
    else held.missing = true
  }

  /** Waits until what the client holds is so. */
  const until = (check: () => boolean, what = String(check)) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        heard.delete(look)
        reject(
          new Error(`it never came to: ${what}; last events: ${JSON.stringify(events.slice(-4))}`),
        )
      }, 20_000)
      const look = () => {
        if (!check()) return
        clearTimeout(late)
        heard.delete(look)
        resolve()
      }
      heard.add(look)
      look()
    })
  await until(() => held.revision > 0, 'the first blocks')
  return {events, held, until, leave}
}

/** What has lines that the other has not, as a diff would show them. */
export function lineDiff(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  // The longest common subsequence of lines; documents of tests are short.
  const length = Array.from({length: a.length + 1}, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i]![j] =
        a[i] === b[j]
          ? length[i + 1]![j + 1]! + 1
          : Math.max(length[i + 1]![j]!, length[i]![j + 1]!)
  const diff: string[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++
      j++
    } else if (j >= b.length || (i < a.length && length[i + 1]![j]! >= length[i]![j + 1]!))
      diff.push(`-${a[i++]}`)
    else diff.push(`+${b[j++]}`)
  }
  return diff
}
