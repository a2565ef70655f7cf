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
import {type Port, portWire} from '../core/wire/port.ts'

type Host = {process: UtilityProcess; ports: Set<MessagePortMain>; clients: Set<WebContents>}

export class HostProcesses {
  readonly #home: HomeHandlers
  readonly #hosts = new Map<string, Host>()
  readonly #projects = new Map<WebContents, string>()
  #next = 1

  constructor(home: HomeHandlers) {
    this.#home = home
  }

  /** Hands a page a port, by the number under which it will arrive. Only our own page may ask. */
  connect(event: IpcMainInvokeEvent, project: unknown): number {
    const {sender, senderFrame} = event
    if (!senderFrame?.url.startsWith('app://bancada/') || senderFrame !== sender.mainFrame)
      throw new AppError('refused', 'only the window itself may connect')
    if (project !== undefined && typeof project !== 'string')
      throw new AppError('bad-request', 'a project is a path')
    const id = this.#next++
    const {port1, port2} = new MessageChannelMain()
    if (project === undefined) {
      this.#projects.delete(sender)
      serve(portWire(port1 as unknown as Port), this.#home)
    } else this.#give(resolve(project), port1, sender)
    sender.postMessage('port', id, [port2])
    return id
  }

  /** The project that a page has open. */
  projectOf(contents: WebContents): string | undefined {
    return this.#projects.get(contents)
  }

  close(): void {
    for (const {process} of this.#hosts.values()) process.kill()
    this.#hosts.clear()
  }

  #give(folder: string, port: MessagePortMain, client: WebContents) {
    this.#projects.set(client, folder)
    const host = this.#hosts.get(folder) ?? this.#start(folder)
    host.process.postMessage('client', [port])
    if (host.clients.has(client)) return
    host.clients.add(client)
    client.once('destroyed', () => {
      host.clients.delete(client)
      this.#projects.delete(client)
      if (host.clients.size === 0) host.process.kill()
    })
  }

  #start(folder: string): Host {
    const process = utilityProcess.fork(join(import.meta.dirname, 'host-process.mjs'), [folder], {
      serviceName: `Bancada host: ${folder}`,
    })
    const host: Host = {process, ports: new Set(), clients: new Set()}
    this.#hosts.set(folder, host)
    // Its ports close with it: the page says so, asks for another, and gets a new process.
    process.once('exit', () => {
      if (this.#hosts.get(folder) === host) this.#hosts.delete(folder)
    })
    return host
  }
}
