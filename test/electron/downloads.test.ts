// What a page takes away: served by its own scheme, saved by the system's dialogue, told where it fails.
import {createHash} from 'node:crypto'
import {cp} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {desktop} from '../support/desktop.ts'
import {temporaryFolder} from '../support/folder.ts'
import {ranProject} from '../support/ran-project.ts'

async function project() {
  const folder = join(await temporaryFolder(), 'project')
  await cp(await ranProject(), folder, {recursive: true})
  return folder
}

test('app:// serves what the host of an open project made, to the id alone', async () => {
  const folder = await project()
  const {run} = await desktop({args: [folder]})
  const seen = await run(async ({window, client, electron}, folder) => {
    const {call} = await client(await window(), folder)
    const wanted = {name: 'penguin-species', version: 1, what: 'bundle'} as const
    const made = await call('models.download', wanted)
    const ask = (query: Record<string, string>, init?: RequestInit) =>
      electron.protocol.fetch(`app://bancada/download?${new URLSearchParams(query)}`, init)
    const answer = await ask({project: folder, id: made.id})
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const status = async (query: Record<string, string>, init?: RequestInit) =>
      (await ask(query, init)).status
    return {
      made,
      bytes,
      headers: Object.fromEntries(answer.headers),
      others: [
        await status({project: folder, id: '../secret'}),
        await status({project: folder}),
        await status({project: '/', id: made.id}),
        await status({project: folder, id: made.id}, {method: 'POST'}),
      ],
      // Not even a process is started for a project that is not open.
      processes: electron.seen.processes.length,
    }
  }, folder)
  const {made, bytes, headers, others, processes} = seen
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256)
  expect(headers).toMatchObject({
    'content-disposition': 'attachment; filename="penguin-species-1.zip"',
    'content-length': String(bytes.length),
    'cache-control': 'no-store',
  })
  expect(others).toEqual([404, 404, 404, 405])
  expect(processes).toBe(1)
})

test.each([false, true])(
  'a download whose host dies on the way fails and does not hang (a silent port: %s)',
  async silentPorts => {
    const folder = await project()
    const {run} = await desktop({args: [folder], silentPorts})
    const ended = await run(async ({window, client, electron}, folder) => {
      const {call} = await client(await window(), folder)
      const wanted = {name: 'penguin-species', version: 1, what: 'bundle'} as const
      const {id} = await call('models.download', wanted)
      const {pid} = electron.seen.processes[0]!
      // It cannot answer any more, and has not ended.
      process.kill(pid!, 'SIGSTOP')
      const query = new URLSearchParams({project: folder, id})
      const asked = electron.protocol.fetch(`app://bancada/download?${query}`)
      process.kill(pid!, 'SIGKILL')
      return (await asked).status
    }, folder)
    expect(ended).toBe(500)
  },
)

test('only what is the window’s own is taken; its icon shows how far, and a failure is told', async () => {
  const {run} = await desktop()
  const seen = await run(async ({window, electron}) => {
    const {webContents, progress} = await window()
    const {defaultSession} = electron.session
    const begin = (url: string, total = 0) => {
      const item = new electron.DownloadItem(url, total)
      const event = electron.event()
      defaultSession.emit('will-download', event, item, webContents)
      return {item, refused: event.defaultPrevented}
    }
    const refused = [
      'https://example.org/a.exe',
      'app://bancada.example.org/a',
      'file:///etc/passwd',
      'blob:https://example.org/1',
      'data:text/plain,x',
    ].map(url => begin(url).refused)
    const report = begin('blob:app://bancada/1')
    report.item.emit('updated', {}, 'progressing')
    report.item.emit('done', {}, 'completed')
    const {item, refused: own} = begin('app://bancada/download?id=1', 200)
    item.received = 50
    item.emit('updated', {}, 'progressing')
    item.emit('done', {}, 'interrupted')
    begin('app://bancada/download?id=2').item.emit('done', {}, 'cancelled')
    return {refused, own, report: report.refused, progress, errors: electron.seen.errors}
  })
  expect(seen).toEqual({
    refused: Array(5).fill(true),
    own: false,
    report: false,
    progress: [2, -1, 0.25, -1, -1],
    errors: [expect.stringMatching(/^This could not be saved: model\.zip\nSee that/)],
  })
})
