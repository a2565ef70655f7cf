// The program of a project's utility process: a host behind each port that arrives.

import {type Client, connect} from '../core/connect.ts'
import type {HomeCall} from '../core/contract.ts'
import {toFault} from '../core/error.ts'
import {openHost} from '../core/host.ts'
import {type Handlers, serve} from '../core/rpc.ts'
import {type Port, portWire} from '../core/wire/port.ts'
import type {FromHost, ToHost} from './hosts.ts'

const parent = process.parentPort
const tell = (sent: FromHost) => parent.postMessage(sent)

type HomeCalls = {client: Client; handlers: Partial<Handlers>}
let homeCame = (_: HomeCalls) => {}
/** The home screen's calls are answered by the main process. */
const home = new Promise<HomeCalls>(resolve => {
  homeCame = resolve
})

const host = openHost(process.argv.at(-1)!, {
  settings: async () => (await home).client.call('settings.get', {}),
  look: true,
  busy: on => tell({busy: on}),
})
// What is wrong is told to each client that asks for something.
host.catch(() => tell({failed: true}))

parent.on('message', ({data, ports}) => {
  const wire = portWire(ports[0] as unknown as Port)
  const sent = data as ToHost
  if ('home' in sent) {
    const client = connect(wire)
    homeCame({client, handlers: passedOn(client, sent.home as HomeCall[])})
  } else
    Promise.all([home, host]).then(
      ([{handlers}, project]) => serve(wire, {...handlers, ...project}),
      error =>
        wire.onMessage(message => {
          if ('call' in message) wire.send({id: message.id, fault: toFault(error)})
        }),
    )
})

const passedOn = (client: Client, names: HomeCall[]): Partial<Handlers> =>
  Object.fromEntries(
    names.map(name => [
      name,
      (input: never, {signal}: {signal: AbortSignal}) => client.call(name, input, {signal}),
    ]),
  )
