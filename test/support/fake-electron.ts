// As much of Electron as the shell uses, at the boundary of the module `electron`: the same names, the same order
// of events, ports that are real ports, utility processes that are real processes. There is no window to see.
// What the shell may do only before or after the app is ready throws here as it does there.
import {type ChildProcess, fork} from 'node:child_process'
import {EventEmitter} from 'node:events'
import {readFileSync} from 'node:fs'
import {MessageChannel, type MessagePort} from 'node:worker_threads'

export type Options = {
  packaged?: boolean
  locale?: string
  /** Another instance has the lock. */
  second?: boolean
  displays?: {x: number; y: number; width: number; height: number}[]
  /** A port whose other process died closes without an event. */
  silentPorts?: boolean
  /** The bundled `fake-utility.ts`. */
  utility: string
  /** What `process.execPath` is in a utility process. */
  execPath?: string
}

export const options = JSON.parse(process.env.FAKE_ELECTRON ?? '{}') as Options

/** What the shell did, for tests to look at. */
export const seen = {
  schemes: [] as unknown[],
  opened: [] as string[],
  boxes: [] as {message: string; buttons?: string[]}[],
  errors: [] as string[],
  recent: [] as string[],
  lockData: undefined as unknown,
  paths: {} as Record<string, string>,
  sandboxed: false,
  menu: [] as MenuItem[],
  processes: [] as {pid: number | undefined; name: string; told: unknown[]}[],
  quit: false,
}
/** Which button is pressed in the dialogs to come; the last when there is none. */
export const answers: number[] = []

type Prevented = {preventDefault: () => void; defaultPrevented: boolean}
export const event = <T extends object>(more: T = {} as T): Prevented & T => ({
  ...more,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true
  },
})

// ── app

let ready = false
let settle = () => {}
const becomeReady = new Promise<void>(resolve => {
  settle = resolve
})
/** As Electron does once the main program has been evaluated. */
export function launched() {
  ready = true
  settle()
}
const before = (what: string) => {
  if (ready) throw new Error(`${what} must be called before app is ready`)
}
const after = (what: string) => {
  if (!ready) throw new Error(`${what} cannot be used before app is ready`)
}

class App extends EventEmitter {
  isPackaged = options.packaged ?? false
  whenReady = () => becomeReady
  getLocale = () => options.locale ?? 'en-US'
  setName() {}
  setAppUserModelId() {}
  setPath(name: string, path: string) {
    before('app.setPath')
    seen.paths[name] = path
  }
  enableSandbox() {
    before('app.enableSandbox')
    seen.sandboxed = true
  }
  requestSingleInstanceLock(data: unknown) {
    seen.lockData = data
    return !options.second
  }
  addRecentDocument(path: string) {
    seen.recent.push(path)
  }
  quit() {
    this.emit('before-quit', event())
    for (const window of BrowserWindow.getAllWindows()) if (!window.close()) return
    const leaving = event()
    this.emit('will-quit', leaving)
    if (!leaving.defaultPrevented) seen.quit = true
  }
}
export const app = new App()

// ── pages and windows

type Frame = {url: string; parent: Frame | null}
type Listener = (...args: unknown[]) => void

/** A page: its window in the main world, and the isolated world of its preload. */
export class Page {
  readonly window = Object.assign(new EventTarget(), {
    location: {origin: 'app://bancada', hash: ''},
    bancada: undefined as unknown,
    postMessage: (data: unknown, origin: string, ports: MessagePort[] = []) => {
      if (origin !== this.window.location.origin) return
      const message = Object.assign(new Event('message'), {
        data: structuredClone(data),
        ports,
        source: this.window,
      })
      queueMicrotask(() => this.window.dispatchEvent(message))
    },
  })
  readonly ipc = new EventEmitter()

  constructor(contents: WebContents, preload: string) {
    const ipc = this.ipc
    const electron = {
      ipcRenderer: {
        on: (channel: string, listener: Listener) => void ipc.on(channel, listener),
        off: (channel: string, listener: Listener) => void ipc.off(channel, listener),
        invoke: (channel: string, ...args: unknown[]) => ipcMain.invoked(contents, channel, args),
      },
      contextBridge: {
        exposeInMainWorld: (name: string, api: object) => {
          Object.assign(this.window, {[name]: Object.freeze(api)})
        },
      },
      webUtils: {getPathForFile: (file: {path?: string}) => file.path ?? ''},
    }
    // What a sandboxed preload may ask for.
    const load = (name: string) => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`)
      return electron
    }
    const run = new Function('require', 'window', 'process', readFileSync(preload, 'utf8'))
    run(load, this.window, {platform: process.platform})
  }
}

export class WebContents extends EventEmitter {
  readonly mainFrame: Frame = {url: '', parent: null}
  readonly #preload: string
  page: Page | undefined
  opener: ((details: {url: string}) => {action: string}) | undefined
  webRtc: string | undefined
  gone = false
  loads = 0

  constructor(preload: string) {
    super()
    this.#preload = preload
    app.emit('web-contents-created', event(), this)
  }
  isDestroyed = () => this.gone
  getURL = () => this.mainFrame.url
  setWindowOpenHandler(handler: NonNullable<WebContents['opener']>) {
    this.opener = handler
  }
  setWebRTCIPHandlingPolicy(policy: string) {
    this.webRtc = policy
  }
  send(channel: string, ...args: unknown[]) {
    const copy = structuredClone(args)
    setImmediate(() => this.page?.ipc.emit(channel, {ports: []}, ...copy))
  }
  postMessage(channel: string, message: unknown, ports: MessagePortMain[] = []) {
    const given = ports.map(port => port.port)
    setImmediate(() => this.page?.ipc.emit(channel, {ports: given}, structuredClone(message)))
  }
  async load(url: string) {
    const [path, hash = ''] = url.split('#')
    if (this.page && path === this.mainFrame.url.split('#')[0])
      this.page.window.location.hash = hash
    else {
      const {status} = await protocol.fetch(url)
      if (status >= 400) throw new Error(`ERR_FAILED (${status}) loading '${url}'`)
      this.loads++
      this.page = new Page(this, this.#preload)
      this.page.window.location.hash = hash
    }
    this.mainFrame.url = url
  }
  reload() {
    this.loads++
    this.page = new Page(this, this.#preload)
  }
}

type WindowOptions = {
  x?: number
  y?: number
  width: number
  height: number
  show?: boolean
  backgroundColor?: string
  webPreferences: {preload: string; [name: string]: unknown}
}

const windows = new Set<BrowserWindow>()
let focused: BrowserWindow | null = null

export class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [...windows]
  static getFocusedWindow = () => focused
  static fromWebContents = (contents: WebContents) =>
    [...windows].find(({webContents}) => webContents === contents) ?? null
  progress: number[] = []
  readonly webContents: WebContents
  readonly options: WindowOptions
  bounds: {x: number; y: number; width: number; height: number}
  shown: boolean
  maximized = false
  minimized = false

  constructor(given: WindowOptions) {
    super()
    after('BrowserWindow')
    this.options = given
    this.shown = given.show ?? true
    this.bounds = {x: given.x ?? 100, y: given.y ?? 100, width: given.width, height: given.height}
    windows.add(this)
    this.webContents = new WebContents(given.webPreferences.preload)
  }
  async loadURL(url: string) {
    const first = this.webContents.loads === 0
    await this.webContents.load(url)
    if (first) this.emit('ready-to-show')
  }
  show() {
    this.shown = true
    this.focus()
  }
  focus() {
    focused = this
  }
  setProgressBar(done: number) {
    this.progress.push(done)
  }
  maximize() {
    this.maximized = true
  }
  isMaximized = () => this.maximized
  isMinimized = () => this.minimized
  restore() {
    this.minimized = false
  }
  isDestroyed = () => !windows.has(this)
  getNormalBounds = () => this.bounds
  /** Tells whether it did close. */
  close(): boolean {
    const closing = event()
    this.emit('close', closing)
    if (!closing.defaultPrevented) this.destroy()
    return !closing.defaultPrevented
  }
  destroy() {
    if (!windows.delete(this)) return
    if (focused === this) focused = null
    this.webContents.gone = true
    this.webContents.page = undefined
    this.webContents.emit('destroyed')
    this.emit('closed')
    if (windows.size === 0) app.emit('window-all-closed')
  }
}

// ── messages

type Invoked = {sender: WebContents; senderFrame: Frame | null}

class IpcMain {
  readonly #handlers = new Map<string, (event: Invoked, ...args: unknown[]) => unknown>()
  handle(channel: string, handler: (event: Invoked, ...args: unknown[]) => unknown) {
    if (this.#handlers.has(channel)) throw new Error(`a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }
  /** A call from a page, by its main frame unless a test names another. */
  async invoked(
    sender: WebContents,
    channel: string,
    args: unknown[],
    senderFrame: Frame | null = sender.mainFrame,
  ) {
    const handler = this.#handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    try {
      return structuredClone(await handler({sender, senderFrame}, ...structuredClone(args)))
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
    }
  }
}
export const ipcMain = new IpcMain()

/** As Electron's: it listens by `on` and gets nothing before it was started. */
export class MessagePortMain extends EventEmitter {
  readonly port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.port = port
    port.on('close', () => this.emit('close'))
  }
  postMessage(message: unknown) {
    this.port.postMessage(message)
  }
  start() {
    this.port.on('message', data => this.emit('message', {data, ports: []}))
  }
  close() {
    this.port.close()
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain
  constructor() {
    const {port1, port2} = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}

/** What goes between the app and a fake utility process: messages of each, and those of ports, by number. */
export type Relayed =
  | {message: unknown; ports: number[]}
  | {port: number; data: unknown}
  | {closed: number}

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #ports = new Map<number, MessagePort>()
  #next = 1
  constructor(file: string, args: string[]) {
    super()
    const {execPath} = options
    this.#child = fork(options.utility, [file, ...args], {
      serialization: 'advanced',
      execArgv: [],
      env: {...process.env, ...(execPath && {FAKE_EXEC_PATH: execPath})},
    })
    this.#child.on('message', (sent: Relayed) => {
      if ('message' in sent) this.emit('message', sent.message)
      else if ('closed' in sent) this.#ports.get(sent.closed)?.close()
      else this.#ports.get(sent.port)?.postMessage(sent.data)
    })
    this.#child.on('exit', code => {
      if (!options.silentPorts) for (const port of this.#ports.values()) port.close()
      this.emit('exit', code ?? 1)
    })
  }
  get pid() {
    return this.#child.pid
  }
  postMessage(message: unknown, ports: MessagePortMain[] = []) {
    const given = ports.map(({port}) => this.#relay(port))
    this.#send({message, ports: given})
  }
  kill() {
    return this.#child.kill()
  }
  #relay(port: MessagePort): number {
    const id = this.#next++
    this.#ports.set(id, port)
    port.on('message', data => this.#send({port: id, data}))
    port.on('close', () => this.#send({closed: id}))
    return id
  }
  #send(sent: Relayed) {
    if (this.#child.connected) this.#child.send(sent)
  }
}

export const utilityProcess = {
  fork(file: string, args: string[] = [], {serviceName = ''}: {serviceName?: string} = {}) {
    after('utilityProcess')
    const made = new UtilityProcess(file, args)
    const told: unknown[] = []
    // After the shell has heard it.
    made.on('message', sent => setImmediate(() => told.push(sent)))
    seen.processes.push({pid: made.pid, name: serviceName, told})
    return made
  },
}

// ── protocol, session, and what belongs to the system

type Serve = (request: Request) => Response | Promise<Response>

class Protocol {
  readonly #schemes = new Map<string, Serve>()
  registerSchemesAsPrivileged(schemes: unknown[]) {
    before('protocol.registerSchemesAsPrivileged')
    seen.schemes.push(...schemes)
  }
  handle(scheme: string, serve: Serve) {
    after('protocol.handle')
    this.#schemes.set(scheme, serve)
  }
  async fetch(url: string, init?: RequestInit): Promise<Response> {
    const serve = this.#schemes.get(new URL(url).protocol.slice(0, -1))
    if (!serve) throw new Error(`nothing serves ${url}`)
    return serve(new Request(url, init))
  }
}
export const protocol = new Protocol()

type Ask = (
  contents: WebContents,
  permission: string,
  answer: (granted: boolean) => void,
  details: {requestingUrl: string},
) => void
type Check = (
  contents: WebContents | null,
  permission: string,
  origin: string,
  details: {requestingUrl?: string},
) => boolean
type Filter = (details: {url: string}, answer: (response: {cancel: boolean}) => void) => void

/** A download as the browser reports it: `updated` while it comes, `done` with how it ended. */
export class DownloadItem extends EventEmitter {
  readonly #url: string
  readonly #total: number
  received = 0
  constructor(url: string, total: number) {
    super()
    this.#url = url
    this.#total = total
  }
  getURL = () => this.#url
  getFilename = () => 'model.zip'
  /** Empty until the dialogue has asked. */
  getSavePath = () => ''
  getTotalBytes = () => this.#total
  getReceivedBytes = () => this.received
}

class Session extends EventEmitter {
  ask: Ask | undefined
  check: Check | undefined
  device: (() => boolean) | undefined
  filter: Filter | undefined
  setPermissionRequestHandler(handler: Ask) {
    this.ask = handler
  }
  setPermissionCheckHandler(handler: Check) {
    this.check = handler
  }
  setDevicePermissionHandler(handler: () => boolean) {
    this.device = handler
  }
  webRequest = {
    onBeforeRequest: (filter: Filter) => {
      this.filter = filter
    },
  }
}
export const session = {defaultSession: new Session()}

export type MenuItem = {
  id?: string
  label?: string
  role?: string
  type?: string
  accelerator?: string
  enabled?: boolean
  submenu?: MenuItem[]
  click?: (item: MenuItem, window: BrowserWindow | undefined, event: object) => void
}

export const Menu = {
  buildFromTemplate(template: MenuItem[]) {
    const check = (items: MenuItem[]) => {
      for (const {label, role, type, submenu} of items) {
        if (!label && !role && type !== 'separator')
          throw new TypeError('Invalid template for MenuItem: must have label, role or type')
        if (submenu) check(submenu)
      }
    }
    check(template)
    return {items: template}
  },
  setApplicationMenu({items}: {items: MenuItem[]}) {
    after('Menu.setApplicationMenu')
    seen.menu = items
  },
}

type Box = {message: string; buttons?: string[]}
const boxed = (box: Box) => {
  seen.boxes.push(box)
  return answers.shift() ?? (box.buttons?.length ?? 1) - 1
}
const boxOf = (args: unknown[]) => args.at(-1) as Box

export const dialog = {
  picked: [] as string[],
  showMessageBox: async (...args: unknown[]) => ({response: boxed(boxOf(args))}),
  showMessageBoxSync: (...args: unknown[]) => boxed(boxOf(args)),
  showErrorBox: (title: string, text: string) => void seen.errors.push(`${title}: ${text}`),
  showOpenDialog: async () => ({filePaths: dialog.picked}),
}

export const shell = {openExternal: async (url: string) => void seen.opened.push(url)}
export const nativeTheme = {shouldUseDarkColors: false}
export const screen = {
  getAllDisplays: () => {
    after('screen')
    const whole = [{x: 0, y: 0, width: 1920, height: 1080}]
    return (options.displays ?? whole).map(workArea => ({workArea}))
  },
}
