// Ports between pages and hosts: the home screen's here, a project's in a utility process of its own.
import {join, resolve} from 'node:path'
import {
  type IpcMainInvokeEvent,
  MessageChannelMain,
  type MessagePortMain,
  type UtilityProcess,
  utilityProcess,
  type WebContents,
} from 'electron'
import {AppError} from '../core/error.ts'
import {type HomeHandlers, serve} from '../core/rpc.ts'
import type {Wire} from '../core/wire/message.ts'
import {type Port, portWire} from '../core/wire/port.ts'
import {says} from '../core/words/says.ts'
import {isFromOwnPage} from './own.ts'

/** What a host's process is told: beside it come the ports. */
export type ToHost =
  /** A port to the home screen's calls, which this process alone may answer: two would overwrite each other. */
  | {home: string[]}
  /** A page's port. */
  | {client: true}

export type FromHost =
  /** A document runs, or none does any more. */
  | {busy: boolean}
  /** It could not open its project, and tells each client so. */
  | {failed: true}

type Host = {
  folder: string
  process: UtilityProcess
  /** The pages that it serves, each by the number of its port. */
  clients: Map<WebContents, number>
  /** What this process's own lines to it hear when it ends: their ports may not say so. */
  lines: Set<() => void>
  busy: boolean
  idle?: NodeJS.Timeout
}

export class HostProcesses {
  readonly #home: HomeHandlers
  readonly #keep: number
  readonly #hosts = new Map<string, Host>()
  readonly #at = new Map<WebContents, Host>()
  #next = 1

  /** `keep`: milliseconds that a host without pages is kept, so that a reload comes back at once. */
  constructor(home: HomeHandlers, {keep = 30_000}: {keep?: number} = {}) {
    this.#home = home
    this.#keep = keep
  }

  /** Hands a page a port, by the number under which it will arrive. Only our own page may ask. */
  connect(event: IpcMainInvokeEvent, project: unknown): number {
    if (!isFromOwnPage(event))
      throw new AppError('refused', says`only the window itself may connect`)
    if (project !== undefined && typeof project !== 'string')
      throw new AppError('bad-request', says`a project is a path`)
    const {sender} = event
    this.#leave(sender)
    const id = this.#next++
    const {port1, port2} = new MessageChannelMain()
    if (project === undefined) serve(portWire(port1 as unknown as Port), this.#home)
    else this.#join(resolve(project), sender, id, port1)
    sender.postMessage('port', id, [port2])
    return id
  }

  /** A line of this process itself to the host of a project that is open; nothing where it is not. */
  wireTo = (project: string): Wire | undefined => {
    const host = this.#hosts.get(resolve(project))
    if (!host) return undefined
    const {port1, port2} = new MessageChannelMain()
    host.process.postMessage({client: true} satisfies ToHost, [port2])
    const wire = portWire(port1 as unknown as Port)
    const heard: (() => void)[] = []
    const over = () => {
      host.lines.delete(over)
      for (const listener of heard.splice(0)) listener()
    }
    host.lines.add(over)
    wire.onClose(over)
    const close = () => {
      wire.close()
      over()
    }
    return {...wire, close, onClose: listener => heard.push(listener)}
  }

  /** The project that a page has open. */
  projectOf(contents: WebContents): string | undefined {
    return this.#at.get(contents)?.folder
  }

  /** Whether closing a page would stop something: it is the last one of a project in which a document runs. */
  wouldStop(contents: WebContents): boolean {
    const host = this.#at.get(contents)
    return host?.busy === true && host.clients.size === 1
  }

  /** Ends the host of a page at once, whatever runs there. */
  stop(contents: WebContents): void {
    const host = this.#at.get(contents)
    if (host) this.#end(host)
  }

  close(): void {
    for (const host of this.#hosts.values()) this.#end(host)
  }

  #join(folder: string, client: WebContents, id: number, port: MessagePortMain) {
    const host = this.#hosts.get(folder) ?? this.#start(folder)
    clearTimeout(host.idle)
    host.clients.set(client, id)
    this.#at.set(client, host)
    host.process.postMessage({client: true} satisfies ToHost, [port])
    client.once('destroyed', () => this.#leave(client))
  }

  #leave(client: WebContents) {
    const host = this.#at.get(client)
    if (!host) return
    this.#at.delete(client)
    host.clients.delete(client)
    this.#perhapsIdle(host)
  }

  #start(folder: string): Host {
    const process = utilityProcess.fork(join(import.meta.dirname, 'host-process.mjs'), [folder], {
      serviceName: 'Bancada host',
    })
    const host: Host = {folder, process, clients: new Map(), lines: new Set(), busy: false}
    this.#hosts.set(folder, host)
    const {port1, port2} = new MessageChannelMain()
    serve(portWire(port1 as unknown as Port), this.#home)
    process.postMessage({home: Object.keys(this.#home)} satisfies ToHost, [port2])
    process.on('message', (sent: FromHost) => {
      if ('busy' in sent) host.busy = sent.busy
      // Who comes next gets a new one: the project may be there by then.
      else this.#forget(host)
      this.#perhapsIdle(host)
    })
    process.once('exit', () => this.#over(host))
    return host
  }

  /** The pages say that the host is gone, ask for another port, and get a new process. */
  #over(host: Host) {
    clearTimeout(host.idle)
    this.#forget(host)
    for (const [contents, id] of host.clients) {
      if (this.#at.get(contents) === host) this.#at.delete(contents)
      if (!contents.isDestroyed()) contents.send('gone', id)
    }
    host.clients.clear()
    for (const over of host.lines) over()
  }

  /** Nobody is there and nothing runs: the process ends after a while, or at once where nobody can come back. */
  #perhapsIdle(host: Host) {
    clearTimeout(host.idle)
    if (host.clients.size > 0 || host.busy) return
    if (this.#hosts.get(host.folder) !== host) return this.#end(host)
    host.idle = setTimeout(() => this.#end(host), this.#keep)
  }

  #end(host: Host) {
    clearTimeout(host.idle)
    this.#forget(host)
    host.process.kill()
  }

  #forget(host: Host) {
    if (this.#hosts.get(host.folder) === host) this.#hosts.delete(host.folder)
  }
}
