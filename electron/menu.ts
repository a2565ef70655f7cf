// The native menu in both languages. Its entries are the window's own commands, by their ids.
import {app, BrowserWindow, Menu, type MenuItemConstructorOptions} from 'electron'
import type {RecentProject} from '../core/schema/settings.ts'
import {en} from '../resources/locales/en/index.ts'
import {ptBR} from '../resources/locales/pt-BR/index.ts'

export type MenuLanguage = 'en' | 'pt-BR'

type Options = {
  language: MenuLanguage
  recent: readonly RecentProject[]
  open: (folder?: string) => void
  choose: () => void
}

export function installMenu(options: Options): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
}

export function menuTemplate({
  language,
  recent,
  open,
  choose,
}: Options): MenuItemConstructorOptions[] {
  const words = language === 'en' ? en : ptBR
  const {menu, commands} = words.window
  const command = (
    id: string,
    label: string,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    label,
    ...(accelerator && {accelerator}),
    click: () => BrowserWindow.getFocusedWindow()?.webContents.send('command', id),
  })
  const line: MenuItemConstructorOptions = {type: 'separator'}
  const mac = process.platform === 'darwin'
  return [
    ...(mac ? [{role: 'appMenu'} satisfies MenuItemConstructorOptions] : []),
    {
      label: menu.file,
      submenu: [
        {label: menu.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: () => open()},
        {label: words.home.openFolder, accelerator: 'CmdOrCtrl+O', click: choose},
        {
          label: words.home.recent,
          enabled: recent.length > 0,
          submenu: recent
            .filter(({missing}) => !missing)
            .slice(0, 10)
            .map(({name, folder}) => ({label: name, sublabel: folder, click: () => open(folder)})),
        },
        line,
        command('settings', commands.settings, 'CmdOrCtrl+,'),
        line,
        {role: mac ? 'close' : 'quit'},
      ],
    },
    {
      label: menu.edit,
      submenu: [
        // The document's own undo; a text field has the system's.
        command('undo', commands.undo),
        command('redo', commands.redo),
        line,
        {role: 'cut'},
        {role: 'copy'},
        {role: 'paste'},
        {role: 'selectAll'},
      ],
    },
    {
      label: menu.view,
      submenu: [
        command('palette', commands.palette),
        command('view-notebook', commands.notebook),
        command('view-canvas', commands.canvas),
        command('view-split', commands.split),
        line,
        command('theme', commands.theme),
        {role: 'resetZoom'},
        {role: 'zoomIn'},
        {role: 'zoomOut'},
        {role: 'togglefullscreen'},
        ...(app.isPackaged ? [] : [{role: 'toggleDevTools'} satisfies MenuItemConstructorOptions]),
      ],
    },
    {
      label: menu.run,
      submenu: [command('run-all', commands.runAll), command('stop', commands.stopAll)],
    },
    {label: menu.help, role: 'help', submenu: [command('keys', commands.keys)]},
  ]
}
