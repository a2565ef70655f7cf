// What a page takes away. Where to, the system's own dialogue asks.
import {BrowserWindow, dialog, type Session} from 'electron'
import {isOwn} from './own.ts'
import {words} from './words.ts'

/** The window's own files and what it made itself; nothing else is taken. */
const mayBeTaken = (url: string) => isOwn(url.replace(/^blob:/, ''))

/** How far it is shows on the window's icon; one that fails is told, since the page cannot know. */
export function watchDownloads(session: Session): void {
  session.on('will-download', (event, item, contents) => {
    if (!mayBeTaken(item.getURL())) return event.preventDefault()
    const show = (done: number) => {
      const window = BrowserWindow.fromWebContents(contents)
      if (window && !window.isDestroyed()) window.setProgressBar(done)
    }
    item.on('updated', () => {
      const total = item.getTotalBytes()
      // More than all of it: on its way, nobody knows how far.
      show(total > 0 ? item.getReceivedBytes() / total : 2)
    })
    item.once('done', (_, state) => {
      show(-1)
      if (state !== 'interrupted') return
      const {save, saveText} = words().desktop.failed
      dialog.showErrorBox(save, `${item.getSavePath() || item.getFilename()}\n${saveText}`)
    })
  })
}
