// Electron's binary: where it lies, and how it is fetched. Without it Bancada opens in the browser.
import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {root} from './vitest.mjs'

const electron = join(root, 'node_modules', 'electron')

/** The path of the binary where it is installed. */
export function findElectron() {
  const pointer = join(electron, 'path.txt')
  if (!existsSync(pointer)) return undefined
  const binary = join(electron, 'dist', readFileSync(pointer, 'utf8').trim())
  return existsSync(binary) ? binary : undefined
}

/** Why no window can be shown here, whatever is installed. */
export const noScreen = () =>
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
    ? 'there is no screen'
    : undefined

/** Fetches the binary from GitHub, checked against the checksums of the npm package; tells whether it is there. */
export function fetchElectron({minutes = 5} = {}) {
  console.error('Fetching Electron (once; about 110 MB) …')
  spawnSync(process.execPath, [join(electron, 'install.js')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    timeout: minutes * 60_000,
    killSignal: 'SIGKILL',
  })
  return findElectron()
}

// `npm run build:desktop`
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const {freshCore, freshDesktop, freshRenderer} = await import('./fresh.mjs')
  await freshCore()
  await freshRenderer()
  await freshDesktop()
}
