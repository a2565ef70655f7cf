// The program of a project's own process: a host at the end of its parent's channel.
import {toFault} from '../error.ts'
import {Home} from '../home.ts'
import {openHost} from '../host.ts'
import {type ProjectHandlers, serve} from '../rpc.ts'
import type {Message, Wire} from '../wire/message.ts'
import type {FromHost, ToHost} from './hosts.ts'

const home = new Home()
const host: Promise<ProjectHandlers> = openHost(process.argv[2]!, {
  settings: () => home.settings(),
  look: true,
  busy: on => tell({busy: on}),
})
// What is wrong is told to each client that asks for something.
host.catch(() => tell({failed: true}))

type Client = {receive: (message: Message) => void; closed: () => void}
const clients = new Map<number, Client>()

process.on('message', (sent: ToHost) => {
  if ('open' in sent) clients.set(sent.open, open(sent.open))
  else if ('close' in sent) {
    clients.get(sent.close)?.closed()
    clients.delete(sent.close)
  } else clients.get(sent.client)?.receive(sent.message)
})
// Without its parent nobody can reach it.
process.on('disconnect', () => process.exit(0))

function tell(sent: FromHost) {
  // The parent may go at this very moment; what cannot be said then is of no use to anybody.
  if (process.connected) process.send!(sent, undefined, undefined, () => {})
}

function open(id: number): Client {
  let receive: ((message: Message) => void) | undefined
  const early: Message[] = []
  const closing: (() => void)[] = []
  const wire: Wire = {
    send: message => tell({client: id, message}),
    onMessage: listener => {
      receive = listener
    },
    onClose: listener => closing.push(listener),
    close: () => tell({closed: id}),
  }
  host.then(
    handlers => {
      serve(wire, handlers)
      for (const message of early.splice(0)) receive?.(message)
    },
    error => {
      receive = message => {
        if ('call' in message) tell({client: id, message: {id: message.id, fault: toFault(error)}})
      }
      for (const message of early.splice(0)) receive(message)
    },
  )
  return {
    receive: message => (receive ? receive(message) : early.push(message)),
    closed: () => {
      for (const listener of closing) listener()
    },
  }
}
