// A window: isolated, sandboxed, without Node, where it was when it was last closed.
import {join} from 'node:path'
import {app, BrowserWindow, dialog, nativeTheme, screen} from 'electron'
import type {Home} from '../core/home.ts'
import {address} from './own.ts'
import {words} from './words.ts'

type Place = {x?: number; y?: number; width: number; height: number; maximized?: boolean}

const usual: Place = {width: 1360, height: 860}

/** Places that are being written; the app ends after them. */
const writing = new Set<Promise<unknown>>()
export const placesKept = (): Promise<unknown> => Promise.allSettled(writing)

/** Opens a window at a place of the page: the part of its address after `#`. `made` sees it before it is loaded. */
export async function openWindow(
  home: Home,
  hash: string,
  made: (window: BrowserWindow) => void,
): Promise<void> {
  const settings = await home.settings()
  const {maximized, ...place} = beside(visible(settings.window.place))
  const dark =
    settings.theme === 'dark' || (settings.theme === 'system' && nativeTheme.shouldUseDarkColors)
  const window = new BrowserWindow({
    ...place,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Bancada',
    backgroundColor: dark ? '#16191c' : '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  made(window)
  window.on('close', event => {
    if (!event.defaultPrevented) keep(home, window)
  })
  reviveOnCrash(window)
  // One that cannot be loaded is better seen than hidden.
  await window.loadURL(`${address}${hash}`).catch(error => {
    if (!window.isDestroyed()) window.show()
    throw error
  })
}

function keep(home: Home, window: BrowserWindow) {
  const place = {...window.getNormalBounds(), maximized: window.isMaximized()}
  const written = home.set({window: {place}}).catch(error => console.error(String(error)))
  writing.add(written)
  void written.finally(() => writing.delete(written))
}

/** A page that died is loaded again, since its work is on the disk; one that dies at once again asks first. */
function reviveOnCrash(window: BrowserWindow) {
  let last = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', async (_, {reason}) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const soon = Date.now() - last < 10_000
    last = Date.now()
    if (soon && !(await wantsAgain(window))) return window.destroy()
    if (!window.isDestroyed()) window.webContents.reload()
  })
}

async function wantsAgain(window: BrowserWindow): Promise<boolean> {
  const {failed} = words().desktop
  const {response} = await dialog.showMessageBox(window, {
    type: 'error',
    message: failed.page,
    detail: failed.pageText,
    buttons: [failed.again, failed.close],
    defaultId: 0,
    cancelId: 1,
  })
  return response === 0
}

/** The place of the last time, unless that screen is gone. */
function visible(place: unknown): Place {
  if (typeof place !== 'object' || place === null) return usual
  const {x, y, width, height, maximized} = place as Partial<Place>
  if (![x, y, width, height].every(Number.isFinite)) return usual
  const inside = screen.getAllDisplays().some(({workArea}) => {
    const right = Math.min(x! + width!, workArea.x + workArea.width)
    const bottom = Math.min(y! + height!, workArea.y + workArea.height)
    return right - Math.max(x!, workArea.x) > 100 && bottom - Math.max(y!, workArea.y) > 100
  })
  return inside
    ? {x: x!, y: y!, width: width!, height: height!, maximized: maximized === true}
    : {...usual, maximized: maximized === true}
}

/** Not right on top of a window that is there. */
function beside({x, y, ...place}: Place): Place {
  const step = 24 * BrowserWindow.getAllWindows().length
  return x === undefined || y === undefined ? place : {...place, x: x + step, y: y + step}
}
