// A utility process of the fake Electron: a child process whose parent relays the ports.
import {EventEmitter} from 'node:events'
import {pathToFileURL} from 'node:url'
import type {Relayed} from './fake-electron.ts'

const send = (sent: Relayed) => void (process.connected && process.send!(sent))

class Port extends EventEmitter {
  readonly #id: number
  #started = false
  readonly #early: unknown[] = []
  constructor(id: number) {
    super()
    this.#id = id
  }
  postMessage(data: unknown) {
    send({port: this.#id, data})
  }
  start() {
    this.#started = true
    for (const data of this.#early.splice(0)) this.arrive(data)
  }
  close() {
    send({closed: this.#id})
  }
  arrive(data: unknown) {
    if (this.#started) this.emit('message', {data, ports: []})
    else this.#early.push(data)
  }
}

class ParentPort extends EventEmitter {
  postMessage(message: unknown) {
    send({message, ports: []})
  }
}

const ports = new Map<number, Port>()
const parentPort = new ParentPort()
/** Until somebody listens, as a port that was not started. */
const early: Relayed[] = []
parentPort.on('newListener', () => setImmediate(() => early.splice(0).forEach(arrive)))

function arrive(sent: Relayed) {
  if ('port' in sent) ports.get(sent.port)?.arrive(sent.data)
  else if ('closed' in sent) ports.get(sent.closed)?.emit('close')
  else {
    const given = sent.ports.map(id => {
      const port = new Port(id)
      ports.set(id, port)
      return port
    })
    parentPort.emit('message', {data: sent.message, ports: given})
  }
}

process.on('message', (sent: Relayed) => {
  if (parentPort.listenerCount('message') > 0 && early.length === 0) arrive(sent)
  else early.push(sent)
})
process.on('disconnect', () => process.exit(0))

const [program, ...args] = process.argv.slice(2)
Object.assign(process, {parentPort})
if (process.env.FAKE_EXEC_PATH) process.execPath = process.env.FAKE_EXEC_PATH
process.argv = [process.execPath, program!, ...args]
await import(pathToFileURL(program!).href)
