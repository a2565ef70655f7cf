// node test/bench/run.mjs NAME: bundles test/bench/NAME.ts and runs it, on Node 20 as on later ones.
import {spawnSync} from 'node:child_process'
import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import {build} from 'esbuild'

const folder = import.meta.dirname
const [name, ...args] = process.argv.slice(2)
const known = readdirSync(folder).flatMap(file => /^(.+)\.ts$/.exec(file)?.[1] ?? [])
if (!known.includes(name)) {
  console.error(`usage: node test/bench/run.mjs ${known.join('|')}`)
  process.exit(2)
}
const root = join(folder, '..', '..')
// Below node_modules, so that packages are found.
const outfile = join(root, 'node_modules', '.cache', 'bench', `${name}.mjs`)
await build({
  absWorkingDir: root,
  entryPoints: [join(folder, `${name}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
})
process.exitCode = spawnSync(process.execPath, [outfile, ...args], {stdio: 'inherit'}).status ?? 1
