// One process for each open project, behind the clients' wires. One that dies takes no other with it.
import {type ChildProcess, fork} from 'node:child_process'
import {join, resolve} from 'node:path'
import {packageRoot} from '../package-root.ts'
import {type HomeHandlers, serve} from '../rpc.ts'
import type {Message, Wire} from '../wire/message.ts'

export type ToHost = {open: number} | {close: number} | {client: number; message: Message}
export type FromHost =
  | {client: number; message: Message}
  | {closed: number}
  /** A document runs, or none does any more. */
  | {busy: boolean}
  /** It could not open its project, and tells each client so. */
  | {failed: true}

type Host = {
  folder: string
  child: ChildProcess
  clients: Map<number, Wire>
  busy: boolean
  idle?: NodeJS.Timeout
}

export class Hosts {
  readonly #home: HomeHandlers
  readonly #hosts = new Map<string, Host>()
  readonly #keep: number
  #next = 1

  /** `keep`: milliseconds that a host without clients is kept, so that a reload of the window comes back at once. */
  constructor(home: HomeHandlers, {keep = 30_000}: {keep?: number} = {}) {
    this.#home = home
    this.#keep = keep
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
    const toHome = this.#serveHome(wire)
    wire.onMessage(message => {
      if (!toHome(message)) send({client, message})
    })
    wire.onClose(() => {
      clients.delete(client)
      send({close: client})
      this.#perhapsIdle(host)
    })
  }

  /** Answers what is asked of the home screen; tells whether a message was for it. */
  #serveHome(wire: Wire): (message: Message) => boolean {
    const asked = new Set<number>()
    let receive = (_: Message) => {}
    const send = (message: Message) => {
      if (!('event' in message)) asked.delete(message.id)
      wire.send(message)
    }
    const onMessage = (listener: typeof receive) => {
      receive = listener
    }
    serve({...wire, send, onMessage}, this.#home)
    return message => {
      if ('call' in message && Object.hasOwn(this.#home, message.call)) asked.add(message.id)
      if (!asked.has(message.id)) return false
      receive(message)
      return true
    }
  }

  /** Starts a project's process before its first client comes, so that it is ready when the window is. */
  prepare(project: string): void {
    this.#perhapsIdle(this.#host(resolve(project)))
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
    const host: Host = {folder, child, clients: new Map(), busy: false}
    this.#hosts.set(folder, host)
    child.on('message', (sent: FromHost) => {
      if ('closed' in sent) host.clients.get(sent.closed)?.close()
      else if ('busy' in sent) {
        host.busy = sent.busy
        this.#perhapsIdle(host)
      } else if ('failed' in sent) {
        // Who comes next gets a new one: the project may be there by then.
        this.#forget(host)
        this.#perhapsIdle(host)
      } else host.clients.get(sent.client)?.send(sent.message)
    })
    const over = () => {
      this.#forget(host)
      // The window says that the host is gone, and comes back to a new one.
      for (const wire of host.clients.values()) wire.close()
    }
    child.on('exit', over)
    child.on('error', over)
    return host
  }

  /** Nobody is there and nothing runs: the process ends after a while, or at once where nobody can come back. */
  #perhapsIdle(host: Host) {
    clearTimeout(host.idle)
    if (host.clients.size > 0 || host.busy) return
    if (this.#hosts.get(host.folder) !== host) return this.#end(host)
    host.idle = setTimeout(() => this.#end(host), this.#keep).unref()
  }

  #end(host: Host) {
    clearTimeout(host.idle)
    this.#forget(host)
    if (host.child.connected) host.child.disconnect()
  }

  #forget(host: Host) {
    if (this.#hosts.get(host.folder) === host) this.#hosts.delete(host.folder)
  }
}

const program = () => join(packageRoot(), 'dist', 'host-process.mjs')
