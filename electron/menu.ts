// The native menu in both languages. Most entries are the window's own commands, by their ids.
import {app, BrowserWindow, type MenuItemConstructorOptions as Item, Menu} from 'electron'
import type {RecentProject} from '../core/schema/settings.ts'
import {words} from './words.ts'

type Options = {
  recent: readonly RecentProject[]
  open: (folder?: string) => void
  choose: () => void
}

export function installMenu(options: Options): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(options)))
}

function template({recent, open, choose}: Options): Item[] {
  const {desktop, home, window} = words()
  const {menu} = desktop
  const {commands} = window
  const mac = process.platform === 'darwin'
  const line: Item = {type: 'separator'}
  // The page hears its keys itself; they stand here to be seen, and on a Mac as a second way.
  const command = (id: string, label: string, accelerator?: string): Item => ({
    id,
    label,
    ...(accelerator && {accelerator, registerAccelerator: false}),
    click: (_, focused) =>
      (focused instanceof BrowserWindow
        ? focused
        : BrowserWindow.getFocusedWindow()
      )?.webContents.send('command', id),
  })
  // Without a label a role speaks English.
  const role = (name: Item['role'], label: string): Item => ({role: name, label})
  const projects = recent.filter(({missing}) => !missing).slice(0, 10)
  return [
    ...(mac
      ? [
          {
            label: menu.app,
            submenu: [
              role('about', menu.about),
              line,
              command('settings', commands.settings, 'CmdOrCtrl+,'),
              line,
              role('services', menu.services),
              line,
              role('hide', menu.hide),
              role('hideOthers', menu.hideOthers),
              role('unhide', menu.unhide),
              line,
              role('quit', menu.quit),
            ],
          },
        ]
      : []),
    {
      label: menu.file,
      submenu: [
        {label: menu.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: () => open()},
        {label: home.openFolder, accelerator: 'CmdOrCtrl+O', click: choose},
        {
          label: menu.recent,
          enabled: projects.length > 0,
          submenu: projects.map(({name, folder}) => ({
            label: name,
            sublabel: folder,
            click: () => open(folder),
          })),
        },
        command('home', commands.home),
        line,
        ...(mac ? [] : [command('settings', commands.settings, 'CmdOrCtrl+,'), line]),
        role('close', menu.close),
        ...(mac ? [] : [role('quit', menu.quit)]),
      ],
    },
    {
      label: menu.edit,
      submenu: [
        // The document's own undo; the page gives a text that is being edited its own.
        command('undo', commands.undo, 'CmdOrCtrl+Z'),
        command('redo', commands.redo, 'CmdOrCtrl+Shift+Z'),
        line,
        role('cut', menu.cut),
        role('copy', menu.copy),
        role('paste', menu.paste),
        role('selectAll', menu.selectAll),
      ],
    },
    {
      label: menu.view,
      submenu: [
        command('palette', commands.palette, 'CmdOrCtrl+K'),
        command('view-notebook', commands.notebook, 'Alt+1'),
        command('view-canvas', commands.canvas, 'Alt+2'),
        command('view-split', commands.split, 'Alt+3'),
        line,
        command('theme', commands.theme),
        command('language', commands.language),
        line,
        role('resetZoom', menu.resetZoom),
        role('zoomIn', menu.zoomIn),
        role('zoomOut', menu.zoomOut),
        role('togglefullscreen', menu.fullScreen),
        ...(app.isPackaged ? [] : [role('toggleDevTools', menu.devTools)]),
      ],
    },
    {
      label: menu.run,
      submenu: [
        command('run-all', commands.runAll, 'CmdOrCtrl+Shift+Enter'),
        command('stop', commands.stopAll, 'CmdOrCtrl+.'),
      ],
    },
    ...(mac
      ? [
          {
            role: 'windowMenu' as const,
            label: menu.window,
            submenu: [role('minimize', menu.minimize), line, role('front', menu.front)],
          },
        ]
      : []),
    {label: menu.help, role: 'help', submenu: [command('keys', commands.keys, 'F1')]},
  ]
}
