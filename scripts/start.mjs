// `npm start`: dependencies, build of what changed, then the workbench: its own window, or the browser's.
import {existsSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {ensureInstalled} from './install.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

ensureInstalled()
const {freshCore, freshDesktop, freshRenderer} = await import('./fresh.mjs')
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
const wanted = own('--desktop')
const reason = inBrowser ? 'asked' : await openDesktop()
if (reason !== undefined) await serve(reason)

/** Opens the desktop window; gives the reason where it cannot be. It is fetched only when it is asked for. */
async function openDesktop() {
  const {fetchElectron, findElectron, noScreen} = await import('./desktop.mjs')
  if (noScreen()) return noScreen()
  const binary = findElectron() ?? (wanted ? fetchElectron() : undefined)
  if (!binary)
    return wanted
      ? 'Electron could not be fetched'
      : 'Electron is not installed; `npm start -- --desktop` fetches it'
  try {
    await freshDesktop()
  } catch (error) {
    return `the desktop shell could not be built: ${error.message}`
  }
  return window(binary)
}

/** Ends with the window; gives the reason where Electron itself does not start. */
async function window(binary) {
  const {spawn} = await import('node:child_process')
  const program = join(root, 'dist', 'electron', 'main', 'main.mjs')
  const started = Date.now()
  const child = spawn(binary, [program, ...args], {stdio: 'inherit'})
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  const how = await new Promise(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('exit', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `code ${code}`)))
  })
  if (how === undefined) return undefined
  // Such as where Linux does not let it make its sandbox.
  if (Date.now() - started < 10_000 && !['SIGINT', 'SIGTERM'].includes(how))
    return `Electron ended at once (${how})`
  process.exitCode = 1
  return undefined
}

/** `bancada serve` in this very process, which saves the start of another. */
async function serve(reason) {
  if (!inBrowser) console.error(`Bancada opens in your browser: ${reason}.`)
  const given = /^(-p|--project)(=|$)/
  const home = args.some(arg => given.test(arg)) ? [] : ['--home']
  const cli = join(root, 'dist', 'cli.mjs')
  process.argv = [process.execPath, cli, 'serve', ...(stay ? [] : ['--open']), ...home, ...args]
  await import(new URL('../dist/cli.mjs', import.meta.url).href)
}
