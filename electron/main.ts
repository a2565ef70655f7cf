// The desktop shell: one window a project, each with its host in a process of its own. No other logic.
import {join, resolve} from 'node:path'
import {app, BrowserWindow, dialog, ipcMain, session} from 'electron'
import {toFault} from '../core/error.ts'
import {Home, homeFolder, homeHandlers} from '../core/home.ts'
import {packageRoot} from '../core/package-root.ts'
import type {HomeHandlers} from '../core/rpc.ts'
import {watchDownloads} from './downloads.ts'
import {HostProcesses} from './hosts.ts'
import {installMenu} from './menu.ts'
import {address, isFromOwnPage} from './own.ts'
import {registerScheme, serveApp} from './scheme.ts'
import {lockPage, lockSession} from './security.ts'
import {hashOf, type Target, targetOf} from './targets.ts'
import {watchForUpdates} from './updates.ts'
import {openWindow, placesKept} from './window.ts'
import {isLanguage, language, speak, words} from './words.ts'

const home = new Home()
const handlers = withMenu(homeHandlers(home))
const hosts = new HostProcesses(handlers)
/** What each window was opened for, until its page has said so itself. */
const meant = new WeakMap<BrowserWindow, string>()
/** Paths that came before the app was ready. */
let early: string[] | undefined = []

app.setName('Bancada')
app.setAppUserModelId('io.bancada.app')
// Beside the settings: another folder of settings is another app, with windows and a lock of its own.
app.setPath('userData', join(homeFolder(), 'window'))
app.enableSandbox()
registerScheme()
// The order of a command line is not kept on its way to the first instance, so the paths go by themselves.
const asked = {paths: pathsOf(process.argv)}
if (app.requestSingleInstanceLock(asked)) {
  app.on('second-instance', (_, __, ___, sent) => openAll((sent as typeof asked).paths))
  // macOS hands files over by an event, and may do so before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (early) early.push(path)
    else openAll([path])
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openAll([])
  })
  app.on('web-contents-created', (_, contents) => lockPage(contents))
  endInOrder()
  app.whenReady().then(start).catch(report)
} else app.quit()

async function start() {
  lockSession(session.defaultSession)
  watchDownloads(session.defaultSession)
  serveApp(join(packageRoot(), 'dist', 'renderer'), hosts.wireTo)
  ipcMain.handle('connect', (event, project: unknown) => {
    const id = hosts.connect(event, project)
    if (typeof project === 'string') void remember(project)
    return id
  })
  ipcMain.handle('language', async (event, told: unknown) => {
    if (!isFromOwnPage(event) || !isLanguage(told) || told === language()) return
    speak(told)
    await refreshMenu()
  })
  const set = (await home.settings()).language
  if (set) speak(set)
  await refreshMenu()
  const paths = [...asked.paths, ...early!]
  early = undefined
  openAll(paths)
  watchForUpdates()
}

/** The places of windows are written, and hosts are ended, before the app is. */
function endInOrder() {
  let kept = false
  app.on('will-quit', event => {
    hosts.close()
    if (kept) return
    event.preventDefault()
    void placesKept().then(() => {
      kept = true
      app.quit()
    })
  })
}

/** What was double-clicked, dropped on the icon or named on the command line, as absolute paths; switches are none. */
function pathsOf(args: readonly string[]): string[] {
  return args
    .slice(app.isPackaged ? 1 : 2)
    .map(arg => arg.replace(/^(--project|-p)=/, ''))
    .filter(arg => !arg.startsWith('-'))
    .map(path => resolve(path))
}

function openAll(paths: readonly string[]): void {
  if (paths.length === 0) void show().catch(report)
  for (const path of paths) void targetOf(path, handlers).then(show).catch(report)
}

/** The window of a project comes to the front, or is opened; without one, another home screen is. */
async function show(target?: Target): Promise<void> {
  const project = target?.project
  const known = BrowserWindow.getAllWindows().find(
    window =>
      project !== undefined &&
      (hosts.projectOf(window.webContents) ?? meant.get(window)) === project,
  )
  if (!known) return open(target)
  if (known.isMinimized()) known.restore()
  known.focus()
  // Within the page: only the part after `#` is another.
  if (target?.document) await known.loadURL(`${address}${hashOf(target)}`)
}

async function open(target?: Target) {
  await openWindow(home, target ? hashOf(target) : '', window => {
    if (target) meant.set(window, target.project)
    window.on('close', event => {
      if (!hosts.wouldStop(window.webContents)) return
      if (stopsWhatRuns(window)) hosts.stop(window.webContents)
      else event.preventDefault()
    })
  })
}

/** Asks before a window is closed in whose project something runs. */
function stopsWhatRuns(window: BrowserWindow): boolean {
  const {busy} = words().desktop
  const choice = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message: busy.title,
    detail: busy.text,
    buttons: [busy.stop, busy.stay],
    defaultId: 1,
    cancelId: 1,
  })
  return choice === 0
}

async function choose() {
  const {filePaths} = await dialog.showOpenDialog({properties: ['openDirectory']})
  if (filePaths[0] !== undefined) openAll([filePaths[0]])
}

const refreshMenu = async () =>
  installMenu({
    recent: await home.recent(),
    open: folder => openAll(folder === undefined ? [] : [folder]),
    choose: () => void choose().catch(report),
  })

/** A project that was opened by its folder is in the list as well, here and in the system's own. */
async function remember(folder: string) {
  const {signal} = new AbortController()
  await handlers['home.open']({folder}, {signal, gone: signal, tell: () => {}}).then(
    found => app.addRecentDocument(found.folder),
    // The window says what is wrong with it.
    () => {},
  )
}

/** The home screen's calls; what changes the list of projects changes the menu. */
function withMenu(calls: HomeHandlers): HomeHandlers {
  const refreshed =
    <I, C, O>(call: (input: I, context: C) => Promise<O>) =>
    async (input: I, context: C) => {
      const output = await call(input, context)
      await refreshMenu()
      return output
    }
  return {
    ...calls,
    'home.create': refreshed(calls['home.create']),
    'home.open': refreshed(calls['home.open']),
    'home.forget': refreshed(calls['home.forget']),
  }
}

function report(thrown: unknown) {
  const {message, where, hint} = toFault(thrown)
  const text = [message, where, hint].filter(Boolean).join('\n')
  dialog.showErrorBox(words().desktop.failed.open, text)
}
