// Bundles core into dist/: what the `bancada` command, its workers and the served bundle run.
import {existsSync, readFileSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {build as esbuild} from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const {dependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Programs of their own: each becomes `dist/<name>.mjs`. */
const entries = {
  cli: 'core/cli.ts',
  'host-process': 'core/server/host-process.ts',
  'train-worker': 'core/train/worker.ts',
  'device-probe': 'core/train/device-probe.ts',
  'image-worker': 'core/image/worker.ts',
  server: 'core/serving/server.ts',
}

/**
 * Packages that every command needs, of dozens of small files each: Node finds and reads one large file faster.
 * All others stay where they are; most are loaded only when they are needed.
 */
export const bundled = ['apache-arrow', 'fzstd', 'markdown-it', 'yaml', 'zod']

// CommonJS of many files, which Node would read once for the names that each exports and once to run it. What is
// native of DuckDB stays outside. DuckDB's is imported at the top of a file: `import()` would find its default alone.
const ofCommonJs = ['@duckdb/node-api', 'onnx-proto']

/** zod brings its messages in fifty languages, a third of it, and answers in English. */
const zodInEnglish = {
  name: 'zod-in-english',
  setup: build =>
    build.onLoad({filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/}, () => ({
      contents: `export {default as en} from './en.js'`,
    })),
}

// What these packages have of CommonJS asks for Node's own modules by `require`.
const needsRequire =
  "import {createRequire as __cr} from 'node:module';const require=__cr(import.meta.url);"

export async function build() {
  const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, file)))
  const {server, ...own} = Object.fromEntries(present)
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    outExtension: {'.js': '.mjs'},
    logLevel: 'warning',
    sourcemap: 'linked',
  }
  // A build that runs beside another must never show it a half-written file, so names are stable and
  // chunks carry their content's hash; old chunks are left until `npm run clean`.
  await esbuild({
    ...common,
    entryPoints: own,
    outdir: 'dist',
    splitting: true,
    external: [
      '@duckdb/node-bindings',
      ...Object.keys(dependencies).filter(name => ![...bundled, ...ofCommonJs].includes(name)),
    ],
    plugins: [zodInEnglish],
    banner: {js: needsRequire},
  })
  // The server travels alone inside a bundle, so everything but native modules goes into its one file.
  if (server)
    await esbuild({
      ...common,
      entryPoints: {server},
      outdir: 'dist',
      external: ['onnxruntime-node', '@duckdb/node-api'],
      banner: {js: needsRequire},
    })
}

/** Main and preload of the desktop shell, into dist/electron. */
export async function buildDesktop() {
  const {build: electronVite} = await import('electron-vite')
  await electronVite({configFile: join(root, 'electron.vite.config.ts'), root, logLevel: 'error'})
}

export const clean = () => rm(join(root, 'dist'), {recursive: true, force: true})

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--clean')) await clean()
  await build()
}
