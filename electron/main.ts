// The desktop shell: one window a project, each with its host in a process of its own. No other logic.
import {join} from 'node:path'
import {app, BrowserWindow, dialog, ipcMain, session} from 'electron'
import {Home, homeHandlers} from '../core/home.ts'
import {packageRoot} from '../core/package-root.ts'
import {findProject} from '../core/project.ts'
import {HostProcesses} from './hosts.ts'
import {installMenu, type MenuLanguage} from './menu.ts'
import {registerScheme, serveApp} from './scheme.ts'
import {lockDown} from './security.ts'
import {watchForUpdates} from './updates.ts'
import {openWindow} from './window.ts'

const home = new Home()
const hosts = new HostProcesses(homeHandlers(home))

registerScheme()
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_, args, folder) => void openAll(pathsOf(args), folder))
  // macOS hands files over by an event, and may do so before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void app.whenReady().then(() => openAll([path], process.cwd()))
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  app.on('will-quit', () => hosts.close())
  app.on('web-contents-created', (_, contents) => lockDown(contents))
  void app.whenReady().then(start)
} else app.quit()

async function start() {
  lockDown(session.defaultSession)
  serveApp(join(packageRoot(), 'dist', 'renderer'))
  ipcMain.handle('connect', (event, project: unknown) => hosts.connect(event, project))
  ipcMain.handle('language', async (event, language: unknown) => {
    if (event.senderFrame?.url.startsWith('app://bancada/') && isLanguage(language))
      await menu(language)
  })
  const {language} = await home.settings()
  await menu(language ?? (app.getLocale().startsWith('pt') ? 'pt-BR' : 'en'))
  await openAll(pathsOf(process.argv), process.cwd())
  watchForUpdates()
}

const menu = async (language: MenuLanguage) =>
  installMenu({
    language,
    recent: await home.recent(),
    open: folder => void open(folder),
    choose: () => void choose(),
  })

const isLanguage = (value: unknown): value is MenuLanguage => value === 'en' || value === 'pt-BR'

/** What was double-clicked, dropped on the icon or named on the command line; switches are no paths. */
const pathsOf = (args: readonly string[]) =>
  args.slice(app.isPackaged ? 1 : 2).filter(arg => !arg.startsWith('-'))

async function openAll(paths: readonly string[], folder: string): Promise<void> {
  if (paths.length === 0) return open()
  for (const path of paths) {
    const project = await findProject(join(folder, path)).catch(() => undefined)
    await open(project)
  }
}

async function open(project?: string): Promise<void> {
  const known = BrowserWindow.getAllWindows().find(
    window => project !== undefined && hosts.projectOf(window.webContents) === project,
  )
  if (known) {
    if (known.isMinimized()) known.restore()
    return known.focus()
  }
  await openWindow(home, project)
}

async function choose() {
  const {filePaths} = await dialog.showOpenDialog({properties: ['openDirectory']})
  if (filePaths[0] !== undefined) await open(filePaths[0])
}
