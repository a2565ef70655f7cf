// What a page may not do: leave, open windows, embed, reach the network, ask for permissions.
import {type Session, shell, type WebContents} from 'electron'
import {isOwn} from './own.ts'

/** Copying rows is asked for by the user's own key press. All else is denied. */
const allowed = (permission: string, url: string | undefined) =>
  permission === 'clipboard-sanitized-write' && url !== undefined && isOwn(url)

/** What pages of the session may load: the window's own files and what it made itself. The policy says so too. */
const loadable = /^(app:\/\/bancada\/|blob:app:\/\/bancada\/|data:image\/|devtools:\/\/)/

export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_, permission, answer, {requestingUrl}) =>
    answer(allowed(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_, permission, origin, {requestingUrl}) =>
    allowed(permission, requestingUrl ?? origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({url}, answer) => answer({cancel: !loadable.test(url)}))
}

/** Locks a page. A link to the web opens in the user's browser, and only one over HTTPS. */
export function lockPage(contents: WebContents): void {
  const stay = (event: {url: string; preventDefault: () => void}) => {
    if (!isOwn(event.url)) event.preventDefault()
  }
  // Of every frame; the one of the page itself comes by this event, too.
  contents.on('will-frame-navigate', stay)
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({url}) => {
    if (URL.canParse(url) && new URL(url).protocol === 'https:') void shell.openExternal(url)
    return {action: 'deny'}
  })
  // Without a proxy of the user's, nothing leaves by this side door, which no policy closes.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
