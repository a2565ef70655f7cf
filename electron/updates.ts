// Updates of an installed app: signed by the publisher, fetched over HTTPS, and never without being asked.
import {app, dialog} from 'electron'

/** Looks once a start whether there is a newer version; asks before it is fetched and before it is installed. */
export function watchForUpdates(): void {
  // Without a place to look (a build of one's own) there is nothing to do.
  if (!app.isPackaged || process.env.BANCADA_NO_UPDATES) return
  void check().catch(error => console.error(`no update: ${String(error)}`))
}

async function check() {
  const {default: updater} = await import('electron-updater')
  const {autoUpdater} = updater
  autoUpdater.autoDownload = false
  autoUpdater.autoInstallOnAppQuit = false
  autoUpdater.allowDowngrade = false
  const found = await autoUpdater.checkForUpdates()
  if (!found?.isUpdateAvailable) return
  const {version} = found.updateInfo
  const ask = (message: string, ...buttons: string[]) =>
    dialog.showMessageBox({type: 'question', message, buttons, defaultId: 0, cancelId: 1})
  if ((await ask(`Bancada ${version}`, 'Download', 'Later')).response !== 0) return
  await autoUpdater.downloadUpdate()
  if ((await ask(`Bancada ${version}`, 'Restart now', 'Later')).response === 0)
    autoUpdater.quitAndInstall()
}
