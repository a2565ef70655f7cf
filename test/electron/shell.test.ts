// Windows, menus, files that are opened, and what is kept of a start for the next.
import {existsSync} from 'node:fs'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {createProject} from '../../core/project.ts'
import {desktop} from '../support/desktop.ts'
import {temporaryFolder} from '../support/folder.ts'

async function project(name = 'Penguins') {
  const folder = join(await temporaryFolder(), 'project')
  await createProject(folder, {name})
  await writeFile(join(folder, 'notebooks', 'first.md'), '# First\n')
  return folder
}

const addresses = (shell: Awaited<ReturnType<typeof desktop>>, count: number) =>
  shell.run(async ({until, electron}, count) => {
    const {BrowserWindow} = electron
    await until(() => BrowserWindow.getAllWindows().filter(({shown}) => shown).length === count)
    return BrowserWindow.getAllWindows().map(({webContents}) => webContents.getURL())
  }, count)

const at = (folder: string, document?: string) =>
  `app://bancada/#/project/documents?${new URLSearchParams({folder, ...(document && {document})})}`

test('without a path the home screen opens; paths open their projects, relative ones as well', async () => {
  expect(await addresses(await desktop(), 1)).toEqual(['app://bancada/'])
  const folder = await project()
  const shell = await desktop({args: ['notebooks/first.md', '--inspect'], cwd: folder})
  expect(await addresses(shell, 1)).toEqual([at(folder, 'notebooks/first.md')])
})

test('a data file begins a project with a copy of it and a document that reads it', async () => {
  const file = join(await temporaryFolder(), 'Vendas 2024.csv')
  await writeFile(file, 'a,b\n1,2\n')
  const shell = await desktop({args: [file], packaged: true})
  const [address] = await addresses(shell, 1)
  const folder = join(shell.home, 'projects', 'vendas-2024')
  expect(address).toBe(at(folder, 'notebooks/vendas-2024.md'))
  expect(await readFile(join(folder, 'data', 'Vendas 2024.csv'), 'utf8')).toBe('a,b\n1,2\n')
  expect(await readFile(join(folder, 'notebooks', 'vendas-2024.md'), 'utf8')).toContain(
    'cell=vendas_2024 kind=source\nfile: "data/Vendas 2024.csv"',
  )
  // Once more: the first stays as it is.
  await shell.run(({electron}, file) => {
    electron.app.emit('second-instance', electron.event(), [], '/', {paths: [file]})
  }, file)
  expect((await addresses(shell, 2))[1]).toContain('vendas-2024-2')
  expect(await readdir(join(shell.home, 'projects'))).toHaveLength(2)
})

test('what cannot be opened is told, and nothing else happens', async () => {
  const shell = await desktop({args: [join(await temporaryFolder(), 'gone.csv')]})
  const errors = await shell.run(async ({until, electron}) => {
    await until(() => electron.seen.errors.length > 0)
    return electron.seen.errors
  })
  expect(existsSync(join(shell.home, 'projects'))).toBe(false)
  expect(errors).toEqual([expect.stringMatching(/^This could not be opened: .*gone\.csv/s)])
})

test('a second instance hands its paths to the first and ends', async () => {
  const folder = await project()
  const second = await desktop({args: ['notebooks'], cwd: folder, second: true})
  expect(await second.run(({electron}) => electron.seen)).toMatchObject({
    quit: true,
    lockData: {paths: [join(folder, 'notebooks')]},
  })
  expect(await second.run(({electron}) => electron.BrowserWindow.getAllWindows().length)).toBe(0)
})

test('a project that is open comes to the front, with the document that is asked for', async () => {
  const folder = await project()
  const shell = await desktop({args: [folder]})
  const seen = await shell.run(
    async ({window, until, electron}, {folder}) => {
      const first = await window()
      const tell = (paths: string[]) =>
        electron.app.emit('second-instance', electron.event(), [], '/', {paths})
      tell([])
      const second = await window(1)
      second.focus()
      first.minimized = true
      tell([`${folder}/notebooks/first.md`])
      await until(() => first.webContents.page!.window.location.hash.includes('first.md'))
      return {
        windows: electron.BrowserWindow.getAllWindows().length,
        front: electron.BrowserWindow.getFocusedWindow() === first,
        minimized: first.minimized,
        loads: first.webContents.loads,
      }
    },
    {folder},
  )
  expect(seen).toEqual({windows: 2, front: true, minimized: false, loads: 1})
})

test('a file that macOS hands over opens its project', async () => {
  const folder = await project()
  const shell = await desktop()
  await addresses(shell, 1)
  const prevented = await shell.run(({electron}, path) => {
    const event = electron.event()
    electron.app.emit('open-file', event, path)
    return event.defaultPrevented
  }, folder)
  expect(prevented).toBe(true)
  expect((await addresses(shell, 2))[1]).toBe(at(folder))
})

test('the menu speaks the system’s language, and then the one that the page tells', async () => {
  const shell = await desktop({locale: 'pt-BR'})
  const seen = await shell.run(async ({window, until, electron}) => {
    const {webContents} = await window()
    const labels = () => {
      const all = (items: typeof electron.seen.menu): string[] =>
        items.flatMap(({label, type, submenu}) =>
          type === 'separator' ? [] : [label ?? 'NONE', ...all(submenu ?? [])],
        )
      return all(electron.seen.menu)
    }
    const before = labels()
    const invoke = (told: string, frame = webContents.mainFrame) =>
      electron.ipcMain.invoked(webContents, 'language', [told], frame)
    await invoke('en', {url: 'https://example.org/', parent: null})
    await invoke('fr')
    const same = labels()
    await invoke('en')
    await until(() => labels().includes('File'))
    return {before, same, after: labels()}
  })
  expect(seen.before).toEqual(
    expect.arrayContaining(['Arquivo', 'Recortar', 'Tela cheia', 'Executar', 'Ajuda']),
  )
  expect(seen.same).toEqual(seen.before)
  expect(seen.after).toEqual(expect.arrayContaining(['File', 'Cut', 'Full screen', 'Run', 'Help']))
  expect(seen.after).toHaveLength(seen.before.length)
  expect([...seen.before, ...seen.after]).not.toContain('NONE')
})

test('menu entries reach the page by the ids of its commands', async () => {
  const shell = await desktop()
  const heard = await shell.run(async ({window, until, entry}) => {
    const page = await window()
    const ids: string[] = []
    const {bancada} = page.webContents.page!.window as unknown as {
      bancada: {onCommand: (run: (id: string) => void) => () => void}
    }
    const stop = bancada.onCommand(id => ids.push(id))
    entry('Edit', 'Undo')!.click!({}, undefined, {})
    entry('View', 'Show as canvas')!.click!({}, undefined, {})
    await until(() => ids.length === 2)
    stop()
    entry('Edit', 'Redo')!.click!({}, undefined, {})
    await new Promise(resolve => setTimeout(resolve, 50))
    return ids
  })
  expect(heard).toEqual(['undo', 'view-canvas'])
})

test('a project that was opened is in the menu of recent ones and in the system’s list; one taken off is not', async () => {
  const folder = await project()
  const shell = await desktop()
  const seen = await shell.run(async ({window, client, until, entry, electron}, folder) => {
    const {call} = await client(await window())
    const before = entry('File', 'Open recent')!.enabled
    await call('home.open', {folder})
    const names = () => entry('File', 'Open recent')!.submenu!.map(({label}) => label)
    await until(() => names().length === 1)
    const opened = names()
    entry('File', 'Open recent', 'Penguins')!.click!({}, undefined, {})
    const second = await window(1)
    await client(second, folder)
    await until(() => electron.seen.recent.length > 0)
    await call('home.forget', {folder})
    return {before, opened, after: names(), system: electron.seen.recent}
  }, folder)
  expect(seen).toEqual({before: false, opened: ['Penguins'], after: [], system: [folder]})
})

test('a window comes back where it was, and on a screen that is there', async () => {
  const shell = await desktop()
  const quit = await shell.run(async ({window, until, electron}) => {
    const first = await window()
    first.bounds = {x: 2100, y: 40, width: 900, height: 700}
    first.maximized = true
    electron.app.quit()
    return until(() => electron.seen.quit)
  })
  expect(quit).toBe(true)
  const place = (displays: {x: number; y: number; width: number; height: number}[]) =>
    desktop({home: shell.home, displays}).then(({run}) =>
      run(async ({window}) => {
        const {options, maximized} = await window()
        const {x, y, width, height} = options
        return {x, y, width, height, maximized}
      }),
    )
  const left = {x: 0, y: 0, width: 1920, height: 1080}
  const right = {x: 1920, y: 0, width: 1920, height: 1080}
  expect(await place([left, right])).toEqual({
    x: 2100,
    y: 40,
    width: 900,
    height: 700,
    maximized: true,
  })
  expect(await place([left])).toEqual({
    x: undefined,
    y: undefined,
    width: 1360,
    height: 860,
    maximized: true,
  })
})

test('a page that crashed is loaded again; one that does so again and again asks first', async () => {
  const shell = await desktop()
  const seen = await shell.run(async ({window, until, electron}) => {
    const page = await window()
    const {webContents} = page
    const crash = (reason: string) =>
      webContents.emit('render-process-gone', electron.event(), {reason})
    crash('clean-exit')
    const untouched = webContents.loads
    crash('crashed')
    const once = await until(() => webContents.loads === 2)
    electron.answers.push(0, 1)
    crash('oom')
    const asked = await until(() => webContents.loads === 3)
    crash('crashed')
    const closed = await until(() => page.isDestroyed())
    return {untouched, once, asked, closed, boxes: electron.seen.boxes.map(({message}) => message)}
  })
  const said = 'The window has failed again and again'
  expect(seen).toEqual({untouched: 1, once: true, asked: true, closed: true, boxes: [said, said]})
})

test('closing the window of a project in which something runs asks first', async () => {
  const folder = await project()
  await mkdir(join(folder, 'data'), {recursive: true})
  await writeFile(
    join(folder, 'notebooks', 'slow.md'),
    '```sql cell=slow\nselect sum(a.range * b.range) as s from range(1000000) a, range(1000000) b\n```\n',
  )
  const shell = await desktop({args: [folder]})
  const seen = await shell.run(async ({window, client, until, electron}, folder) => {
    const page = await window()
    const {call} = await client(page, folder)
    await call('document.run', {document: 'notebooks/slow.md'})
    const {pid} = electron.seen.processes[0]!
    electron.answers.push(1, 0)
    await until(() => electron.seen.processes[0]!.told.length > 0)
    const stayed = !page.close()
    const closed = page.close()
    const ended = await until(() => {
      try {
        return !process.kill(pid!, 0)
      } catch {
        return true
      }
    })
    return {stayed, closed, ended, boxes: electron.seen.boxes.length}
  }, folder)
  expect(seen).toEqual({stayed: true, closed: true, ended: true, boxes: 2})
})
