// Hosts behind ports: each project's in a process of its own, which may die.
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {createProject} from '../../core/project.ts'
import {desktop} from '../support/desktop.ts'
import {temporaryFolder} from '../support/folder.ts'

async function project(name = 'Penguins') {
  const folder = join(await temporaryFolder(), 'project')
  await createProject(folder, {name})
  return folder
}

test('a project’s host answers over the port, in a process of its own; home calls are answered as well', async () => {
  const folder = await project()
  const {run} = await desktop({args: ['--project', folder]})
  const seen = await run(async ({window, client, electron}) => {
    const page = await window()
    const project = new URLSearchParams(page.webContents.getURL().split('?')[1]).get('folder')!
    const {call} = await client(page, project)
    const info = await call('project.info', {})
    await call('settings.set', {theme: 'dark'})
    return {
      folder: info.folder,
      name: info.manifest.name,
      theme: (await call('settings.get', {})).theme,
      recent: (await call('home.list', {})).recent.map(({name}) => name),
      processes: electron.seen.processes.map(({pid}) => pid !== process.pid),
    }
  })
  expect(seen).toEqual({
    folder,
    name: 'Penguins',
    theme: 'dark',
    recent: ['Penguins'],
    processes: [true],
  })
})

test.each([false, true])(
  'a killed host is noticed by the page, and the next port leads to a new one (a silent port: %s)',
  async silentPorts => {
    const folder = await project()
    const {run} = await desktop({args: [folder], silentPorts})
    const names = await run(async ({window, client, electron}, folder) => {
      const page = await window()
      const first = await client(page, folder)
      const before = await first.call('project.info', {})
      const asked = first.call('document.watch', {document: 'notebooks/none.md'}).catch(String)
      process.kill(electron.seen.processes[0]!.pid!, 'SIGKILL')
      const lost = await first.lost
      const late = await first.call('project.info', {}).catch(error => error.code)
      await asked
      const second = await client(page, folder)
      const after = await second.call('project.info', {})
      return [before.manifest.name, lost, late, after.manifest.name, electron.seen.processes.length]
    }, folder)
    expect(names).toEqual(['Penguins', true, 'crashed', 'Penguins', 2])
  },
)

test('two windows on one project share its host', async () => {
  const folder = await project()
  const {run} = await desktop({args: [folder]})
  const count = await run(async ({window, client, entry, electron}, folder) => {
    const first = await window()
    await (await client(first, folder)).call('project.info', {})
    entry('File', 'New window')!.click!({}, undefined, {})
    const second = await window(1)
    await (await client(second, folder)).call('project.info', {})
    return electron.seen.processes.length
  }, folder)
  expect(count).toBe(1)
})

test('a folder that is no project is told to the page, and is opened once it is one', async () => {
  const folder = join(await temporaryFolder(), 'later')
  await mkdir(folder)
  const {run} = await desktop({args: [folder]})
  const ask = () =>
    run(async ({window, client}, folder) => {
      const {call} = await client(await window(), folder)
      return call('project.info', {}).then(
        ({manifest}) => manifest.name,
        error => error.code,
      )
    }, folder)
  expect(await ask()).toBe('missing-file')
  await createProject(folder, {name: 'Late'})
  expect(await ask()).toBe('Late')
})

test('training runs in a child that Electron’s executable runs as plain Node', async () => {
  const folder = await project()
  // As Electron's: it is Node only when it is asked to be.
  const executable = join(await temporaryFolder(), 'electron')
  const marker = `${executable}.ran`
  await writeFile(
    executable,
    `#!/bin/sh\n[ "$ELECTRON_RUN_AS_NODE" = 1 ] || exit 64\necho ran >> "${marker}"\nexec "${process.execPath}" "$@"\n`,
  )
  await chmod(executable, 0o755)
  const rows = Array.from({length: 60}, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}`)
  await writeFile(join(folder, 'data', 'n.csv'), `n,kind\n${rows.join('\n')}\n`)
  await writeFile(
    join(folder, 'notebooks', 'n.md'),
    '```yaml cell=n kind=source\nfile: data/n.csv\n```\n\n```yaml cell=parts kind=split from=n\nseed: 1\n```\n\n```yaml cell=model kind=logistic from=parts\ntarget: kind\n```\n',
  )
  const {run} = await desktop({args: [folder], execPath: executable})
  const cells = await run(async ({window, client}, folder) => {
    const {call} = await client(await window(), folder)
    const {cells} = await call('notebook.run', {document: 'notebooks/n.md'})
    return cells.map(({cell, state}) => ({cell, state}))
  }, folder)
  expect(cells).toEqual(['n', 'parts', 'model'].map(cell => ({cell, state: 'done'})))
  expect(await readFile(marker, 'utf8')).toBe('ran\n')
}, 120_000)
