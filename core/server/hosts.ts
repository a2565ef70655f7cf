// One process for each open project, behind the clients' wires. One that dies takes no other with it.
import {type ChildProcess, fork} from 'node:child_process'
import {join, resolve} from 'node:path'
import {packageRoot} from '../package-root.ts'
import {type HomeHandlers, serve} from '../rpc.ts'
import type {Message, Wire} from '../wire/message.ts'

export type ToHost = {open: number} | {close: number} | {client: number; message: Message}
export type FromHost = {client: number; message: Message} | {closed: number}

/** Milliseconds that a host without clients is kept: a reload of the window comes back at once. */
const keep = 30_000

type Host = {child: ChildProcess; clients: Map<number, Wire>; idle?: NodeJS.Timeout}

export class Hosts {
  readonly #home: HomeHandlers
  readonly #hosts = new Map<string, Host>()
  #next = 1

  constructor(home: HomeHandlers) {
    this.#home = home
  }

  /** Serves a client: calls of the home screen here, everything else in the project's process. */
  connect = (wire: Wire, project: string | undefined): void => {
    if (project === undefined) {
      serve(wire, this.#home)
      return
    }
    const host = this.#host(resolve(project))
    const client = this.#next++
    const {child, clients} = host
    clients.set(client, wire)
    clearTimeout(host.idle)
    const send = (message: ToHost) => {
      if (child.connected) child.send(message)
    }
    send({open: client})
    const here = new Set<number>()
    const listeners: ((message: Message) => void)[] = []
    serve({...wire, onMessage: listener => listeners.push(listener)}, this.#home)
    wire.onMessage(message => {
      if ('call' in message && Object.hasOwn(this.#home, message.call)) here.add(message.id)
      if (here.has(message.id)) for (const listener of listeners) listener(message)
      else send({client, message})
    })
    wire.onClose(() => {
      clients.delete(client)
      send({close: client})
      if (clients.size === 0) host.idle = setTimeout(() => this.#end(host), keep).unref()
    })
  }

  /** The process of a project, where one runs. */
  pid(project: string): number | undefined {
    return this.#hosts.get(resolve(project))?.child.pid
  }

  close(): void {
    for (const host of this.#hosts.values()) this.#end(host)
  }

  #host(folder: string): Host {
    const known = this.#hosts.get(folder)
    if (known) return known
    const child = fork(program(), [folder], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const host: Host = {child, clients: new Map()}
    this.#hosts.set(folder, host)
    child.on('message', (sent: FromHost) => {
      if ('closed' in sent) host.clients.get(sent.closed)?.close()
      else host.clients.get(sent.client)?.send(sent.message)
    })
    const over = () => {
      if (this.#hosts.get(folder) === host) this.#hosts.delete(folder)
      // The window says that the host is gone, and comes back to a new one.
      for (const wire of host.clients.values()) wire.close()
    }
    child.on('exit', over)
    child.on('error', over)
    return host
  }

  #end(host: Host) {
    clearTimeout(host.idle)
    host.child.disconnect?.()
  }
}

const program = () => join(packageRoot(), 'dist', 'host-process.mjs')
