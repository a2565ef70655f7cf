import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {Home, homeHandlers} from '../home.ts'
import {packageRoot} from '../package-root.ts'
import {openProject} from '../project.ts'
import {Hosts} from '../server/hosts.ts'
import {openServer} from '../server.ts'
import {type Command, text, whole} from './args.ts'
import {openBrowser} from './browser.ts'

export const command: Command = {
  usage: '',
  options: {
    port: {type: 'string', value: 'N', help: 'port on 127.0.0.1 (default: a free one)'},
    home: {type: 'boolean', help: 'begin with the list of projects'},
    open: {type: 'boolean', help: 'open it in your browser'},
  },
  examples: ['bancada serve --project penguins', 'bancada serve --home --port 7777'],
  async run(given, out) {
    const home = new Home()
    const project = given.options.home
      ? undefined
      : (await openProject(resolve(text(given, 'project') ?? '.'), {look: true})).folder
    const hosts = new Hosts(homeHandlers(home))
    const built = join(packageRoot(), 'dist', 'renderer')
    const server = await openServer(hosts.connect, {
      port: whole(given, 'port') ?? 0,
      project,
      ...(existsSync(join(built, 'index.html')) && {page: built}),
    })
    if (project !== undefined) hosts.prepare(project)
    out.say(`Bancada is ready: ${server.url}`)
    out.say('Stop it with Ctrl-C.')
    out.result({ok: true, url: server.url, port: server.port, key: server.key})
    // A link works once, so the browser gets one of its own.
    if (given.options.open && !(await openBrowser(server.invite())))
      out.say('No browser could be opened from here: open the link above in one.')
    if (!given.signal.aborted) await once(given.signal, 'abort')
    await server.close()
    hosts.close()
    return 0
  },
}
