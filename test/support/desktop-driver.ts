// The app's main process in tests: the built shell, for which `electron` is this very file.
import {register} from 'node:module'
import {pathToFileURL} from 'node:url'
import {connect} from '../../core/connect.ts'
import {openWire} from '../../renderer/state/wire.ts'
import * as electron from './fake-electron.ts'

export * from './fake-electron.ts'

/** Lets a test's function see the fake, and stand in for the window's page. */
export const control = {
  electron,
  /** Waits until something is so. */
  until: async <T>(what: () => T | Promise<T>, patience = 20_000): Promise<T> => {
    for (const end = Date.now() + patience; ; ) {
      const found = await what()
      if (found) return found
      if (Date.now() > end) throw new Error(`never came: ${what}`)
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  },
  /** The nth window, once it is shown. */
  window: (n = 0) =>
    control.until(() => {
      const window = electron.BrowserWindow.getAllWindows()[n]
      return window?.shown ? window : undefined
    }) as Promise<electron.BrowserWindow>,
  /** A client as the window's page makes it, by the page's own code; `lost` settles when its line closes. */
  client: async (window: electron.BrowserWindow, project?: string) => {
    Object.assign(globalThis, {window: window.webContents.page!.window})
    const wire = await openWire(project)
    let gone = () => {}
    const lost = new Promise<true>(resolve => {
      gone = () => resolve(true)
    })
    wire.onClose(() => gone())
    return {...connect(wire), lost}
  },
  /** A menu entry by its labels. */
  entry: (...labels: string[]) =>
    labels.reduce<electron.MenuItem | undefined>(
      (at, label) => at?.submenu?.find(item => item.label === label),
      {submenu: electron.seen.menu},
    ),
}
export type Control = typeof control

if (process.send) {
  const resolver = `export async function resolve(name, context, next) {
    return name === 'electron' ? {url: ${JSON.stringify(import.meta.url)}, shortCircuit: true} : next(name, context)
  }`
  register(`data:text/javascript,${encodeURIComponent(resolver)}`)
  process.on('message', async ({id, code, given}: {id: number; code: string; given: unknown}) => {
    try {
      const run = new Function(`return (${code})`)() as (
        control: Control,
        given: unknown,
      ) => unknown
      process.send!({id, output: await run(control, given)})
    } catch (error) {
      process.send!({id, error: String((error as Error).stack ?? error)})
    }
  })
  process.on('disconnect', () => process.exit(0))
  // An installed app has no program on its command line.
  if (electron.options.packaged) process.argv.splice(1, 1)
  // Not awaited here: what it imports as `electron` is this file, which must be there first.
  void import(pathToFileURL(process.env.FAKE_MAIN!).href).then(() => {
    electron.launched()
    process.send!({ready: true})
  })
}
