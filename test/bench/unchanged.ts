// `bancada run` on a document in which nothing changed: the whole command, the start of Node included.
// node test/bench/run.mjs unchanged      after `npm run build`
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {cpus, loadavg, tmpdir} from 'node:os'
import {join} from 'node:path'
import {packageRoot} from '../../core/package-root.ts'

const cli = join(packageRoot(), 'dist', 'cli.mjs')
const folder = mkdtempSync(join(tmpdir(), 'bancada-bench-'))
const project = join(folder, 'p')
// Tells the processor's time of the command itself, as its last line of stderr.
const tellCpu = 'process.on("exit",()=>console.error("\\n"+JSON.stringify(process.cpuUsage())))'
const watched = {
  ...process.env,
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellCpu).replaceAll("'", '%27')}`,
}

function node(...args: string[]) {
  const began = performance.now()
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: watched,
  })
  const wall = performance.now() - began
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stdout}${stderr}`)
  const {user, system} = JSON.parse(stderr.trimEnd().split('\n').at(-1)!)
  return {wall, cpu: (user + system) / 1000}
}
const several = (...args: string[]) => {
  const times = Array.from({length: 15}, () => node(...args))
  const sorted = (of: 'wall' | 'cpu') => times.map(t => Math.round(t[of])).sort((a, b) => a - b)
  return {median: sorted('wall')[7]!, best: sorted('wall')[0]!, cpu: sorted('cpu')[7]!}
}

try {
  node(cli, 'new', project, '--template', 'mini-pipeline')
  const first = node(cli, 'run', '--project', project)
  const ms = {
    first: {once: Math.round(first.wall)},
    unchanged: several(cli, 'run', '--project', project),
    // What no command can go below.
    emptyNode: several('-e', '0'),
  }
  const machine = {cores: cpus().length, cpu: cpus()[0]?.model, load: loadavg()[0]}
  console.log(JSON.stringify({bench: 'unchanged', machine, ms}, undefined, 1))
} finally {
  rmSync(folder, {recursive: true, force: true})
}
