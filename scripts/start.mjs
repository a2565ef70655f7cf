// `npm start`: dependencies, build of what changed, then the workbench: its own window, or the browser's.
import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ensureInstalled} from './install.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

ensureInstalled()
const {freshCore, freshRenderer} = await import('./fresh.mjs')
try {
  await freshCore()
  if (existsSync(join(root, 'renderer'))) await freshRenderer()
} catch (error) {
  console.error(`Bancada could not be built: ${error.message}`)
  process.exit(1)
}

const args = process.argv.slice(2)
const own = flag => args.includes(flag) && args.splice(args.indexOf(flag), 1).length > 0
const stay = own('--no-open')
const inBrowser = own('--browser') || stay
const shell = inBrowser ? undefined : desktop()
if (shell) await openDesktop(shell)
else await serve()

/** Electron's binary and the shell's program, where both are there. */
function desktop() {
  const electron = join(root, 'node_modules', 'electron')
  const pointer = join(electron, 'path.txt')
  const binary = existsSync(pointer) && join(electron, 'dist', readFileSync(pointer, 'utf8').trim())
  const program = join(root, 'dist', 'electron', 'main', 'main.mjs')
  return binary && existsSync(binary) && existsSync(program) ? {binary, program} : undefined
}

async function openDesktop({binary, program}) {
  const {spawn} = await import('node:child_process')
  const child = spawn(binary, [program, ...args], {cwd: root, stdio: 'inherit'})
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', code => {
    process.exitCode = code ?? 1
  })
}

/** `bancada serve` in this very process, which saves the start of another. */
async function serve() {
  if (!inBrowser) console.error('No desktop window on this machine: Bancada opens in your browser.')
  const given = /^(-p|--project)(=|$)/
  const home = args.some(arg => given.test(arg)) ? [] : ['--home']
  const cli = join(root, 'dist', 'cli.mjs')
  process.argv = [process.execPath, cli, 'serve', ...(stay ? [] : ['--open']), ...home, ...args]
  await import(new URL('../dist/cli.mjs', import.meta.url).href)
}
