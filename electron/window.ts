// A window: isolated, sandboxed, without Node, where it was when it was last closed.
import {join} from 'node:path'
import {app, BrowserWindow, screen} from 'electron'
import type {Home} from '../core/home.ts'

type Place = {x?: number; y?: number; width: number; height: number; maximized?: boolean}

const usual: Place = {width: 1360, height: 860}

export async function openWindow(home: Home, project: string | undefined): Promise<BrowserWindow> {
  const settings = await home.settings()
  const place = visible(settings.window.place)
  const window = new BrowserWindow({
    ...place,
    minWidth: 720,
    minHeight: 480,
    show: false,
    backgroundColor: settings.theme === 'light' ? '#ffffff' : '#16191c',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (place.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    const bounds = window.getNormalBounds()
    void home.set({window: {place: {...bounds, maximized: window.isMaximized()}}})
  })
  // A page that died is loaded again; its work is on the host's disk.
  window.webContents.on('render-process-gone', (_, {reason}) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
  const hash = project === undefined ? '' : `#/project?folder=${encodeURIComponent(project)}`
  await window.loadURL(`app://bancada/${hash}`)
  return window
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
