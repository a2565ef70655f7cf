import {once} from 'node:events'
import {resolve} from 'node:path'
import {openHost} from '../host.ts'
import {openServer} from '../server.ts'
import {type Command, text, whole} from './args.ts'

export const command: Command = {
  usage: '',
  options: {port: {type: 'string', value: 'N', help: 'port on 127.0.0.1 (default: a free one)'}},
  examples: ['bancada serve --project penguins', 'bancada serve --port 7777'],
  async run(given, out) {
    const server = await openServer(await openHost(resolve(text(given, 'project') ?? '.')), {
      port: whole(given, 'port') ?? 0,
    })
    out.say(`Bancada is ready: ${server.url}`)
    out.say('Stop it with Ctrl-C.')
    out.result({ok: true, url: server.url, port: server.port, token: server.token})
    if (!given.signal.aborted) await once(given.signal, 'abort')
    await server.close()
    return 0
  },
}
