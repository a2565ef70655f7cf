// The window's own page, and how to tell it from any other.
import type {IpcMainInvokeEvent} from 'electron'

export const scheme = 'app'
export const host = 'bancada'
export const address = `${scheme}://${host}/`

export const isOwn = (url: string): boolean => {
  if (!URL.canParse(url)) return false
  const {protocol, host: of} = new URL(url)
  return protocol === `${scheme}:` && of === host
}

/** Whether a message was sent by the window's page itself: not by a frame in it, and not by what it became. */
export const isFromOwnPage = ({senderFrame}: IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && isOwn(senderFrame.url)
