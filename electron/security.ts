// What a page may not do: leave, open windows, embed, ask for permissions.
import {type Session, session, shell, type WebContents} from 'electron'

const own = (url: string) => url.startsWith('app://bancada/')

/** Locks a page, or every page of a session. A link to the web opens in the user's browser. */
export function lockDown(what: WebContents | Session): void {
  if (what === session.defaultSession) {
    const all = what as Session
    all.setPermissionRequestHandler((_, permission, answer) =>
      // Copying rows is asked for by the user's own key press.
      answer(permission === 'clipboard-sanitized-write'),
    )
    all.setPermissionCheckHandler((_, permission) => permission === 'clipboard-sanitized-write')
    all.setDevicePermissionHandler(() => false)
    return
  }
  const contents = what as WebContents
  contents.on('will-navigate', (event, url) => {
    if (!own(url)) event.preventDefault()
  })
  contents.on('will-redirect', (event, url) => {
    if (!own(url)) event.preventDefault()
  })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({url}) => {
    if (/^https:\/\//.test(url)) void shell.openExternal(url)
    return {action: 'deny'}
  })
}
