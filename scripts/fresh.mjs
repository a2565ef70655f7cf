// Builds what changed: each part of dist/ remembers the sources that it was made of.
import {createHash} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')

const parts = {
  core: {
    sources: ['core', 'scripts/build.mjs', 'package-lock.json'],
    makes: 'cli.mjs',
    build: async () => (await import('./build.mjs')).build(),
  },
  renderer: {
    sources: [
      'renderer',
      // What the window shares with the host, and the words that it speaks.
      ...[
        'contract.ts',
        'connect.ts',
        'error.ts',
        'schema',
        'wire',
        'words',
        'charts',
        'guide',
      ].map(name => `core/${name}`),
      'resources/locales',
      'resources/icons',
      'package-lock.json',
    ],
    makes: 'renderer/index.html',
    build: async () => {
      const {build} = await import('vite')
      const configFile = join(root, 'renderer', 'vite.config.ts')
      const {NODE_ENV} = process.env
      // A test runner sets it, and React's plugin would write its calls for development.
      process.env.NODE_ENV = 'production'
      try {
        await build({configFile, root: join(root, 'renderer'), logLevel: 'warn'})
      } finally {
        if (NODE_ENV === undefined) delete process.env.NODE_ENV
        else process.env.NODE_ENV = NODE_ENV
      }
    },
  },
  desktop: {
    sources: [
      'electron',
      'electron.vite.config.ts',
      'core',
      'resources/locales',
      'scripts/build.mjs',
      'package.json',
      'package-lock.json',
    ],
    makes: 'electron/main/main.mjs',
    build: async () => (await import('./build.mjs')).buildDesktop(),
  },
}

/** Builds the commands and workers where their sources changed; tells whether it did. */
export const freshCore = () => fresh('core')

/** The same for the window's files, `dist/renderer`. */
export const freshRenderer = () => fresh('renderer')

/** The same for the desktop shell's main and preload, `dist/electron`. */
export const freshDesktop = () => fresh('desktop')

async function fresh(name) {
  const {sources, makes, build} = parts[name]
  const stamp = join(dist, `.${name}-sources`)
  const now = fingerprint(sources)
  const known = existsSync(stamp) && readFileSync(stamp, 'utf8')
  if (known === now && existsSync(join(dist, makes))) return false
  await build()
  // Only now: a build that was stopped is done again.
  writeFileSync(stamp, now)
  return true
}

/** Of names, sizes and times: reading a thousand files would be most of a start. */
function fingerprint(sources) {
  const hash = createHash('sha256')
  const add = path => {
    const stat = statSync(join(root, path), {throwIfNoEntry: false})
    if (!stat) return
    if (stat.isDirectory())
      for (const entry of readdirSync(join(root, path)).sort()) add(`${path}/${entry}`)
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\0`)
  }
  for (const path of sources) add(path)
  return hash.digest('hex')
}
