// Updates of an installed app: from where this very build was published, and never without being asked.
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {app, dialog} from 'electron'
import {words} from './words.ts'

/**
 * Looks once a start whether there is a newer version; asks before it is fetched and before it is installed.
 * The installer names the place in `app-update.yml`; a build without one, such as one's own, never looks.
 */
export function watchForUpdates(): void {
  if (!app.isPackaged || process.env.BANCADA_NO_UPDATES) return
  if (!existsSync(join(process.resourcesPath, 'app-update.yml'))) return
  void check().catch(error => console.error(`no update: ${String(error)}`))
}

async function check() {
  const {default: updater} = await import('electron-updater')
  const {autoUpdater} = updater
  autoUpdater.autoDownload = false
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.allowDowngrade = false
  autoUpdater.allowPrerelease = false
  const found = await autoUpdater.checkForUpdates()
  if (!found?.isUpdateAvailable) return
  const {version} = found.updateInfo
  const {update} = words().desktop
  if (!(await agreed(update.found, update.foundText, update.fetch, version))) return
  await autoUpdater.downloadUpdate()
  if (await agreed(update.ready, update.readyText, update.restart, version))
    autoUpdater.quitAndInstall()
}

async function agreed(message: string, detail: string, yes: string, version: string) {
  const {response} = await dialog.showMessageBox({
    type: 'question',
    message: message.replace('{version}', version),
    detail,
    buttons: [yes, words().desktop.update.later],
    defaultId: 1,
    cancelId: 1,
  })
  return response === 0
}
