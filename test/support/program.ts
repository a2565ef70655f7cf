// A TypeScript file of the tests as a program that a child process can run.
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Bundles `file` (relative to the repository) into node_modules/.cache, where it finds its dependencies. */
export async function program(file: string): Promise<string> {
  const name = file.replaceAll('/', '-').replace(/\.ts$/, '')
  const outfile = join(root, 'node_modules', '.cache', 'programs', `${name}.${process.pid}.mjs`)
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  })
  return outfile
}
