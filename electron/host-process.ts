// The program of a project's utility process: a host behind each port that arrives.
import {toFault} from '../core/error.ts'
import {Home, homeHandlers} from '../core/home.ts'
import {openHost} from '../core/host.ts'
import {serve} from '../core/rpc.ts'
import {type Port, portWire} from '../core/wire/port.ts'

const home = new Home()
const host = openHost(process.argv.at(-1)!, {settings: () => home.settings()})
// Told to each client that asks for something.
host.catch(() => {})

process.parentPort.on('message', async ({ports}) => {
  const wire = portWire(ports[0] as unknown as Port)
  try {
    serve(wire, {...homeHandlers(home), ...(await host)})
  } catch (error) {
    wire.onMessage(message => {
      if ('call' in message) wire.send({id: message.id, fault: toFault(error)})
    })
  }
})
