// What a run ran on: enough to understand, later or elsewhere, why figures differ.
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {cpus, totalmem} from 'node:os'
import {dirname, join} from 'node:path'
import type {Environment} from '../schema/run.ts'

/** Packages whose version can change a result. */
const computing = ['@duckdb/node-api', '@tensorflow/tfjs', 'onnxruntime-node']

/** Read once: it does not change while the process lives. */
export function environment(): Environment {
  known ??= look()
  return known
}
let known: Environment | undefined

function look(): Environment {
  const [cpu] = cpus()
  return {
    bancada: ownVersion(),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    packages: Object.fromEntries(
      computing.flatMap(name => {
        const version = packageVersion(name)
        return version === undefined ? [] : [[name, version]]
      }),
    ),
  }
}

// From the sources and from dist/ alike, the nearest package.json above is Bancada's own.
function ownVersion(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const version = versionIn(join(folder, 'package.json'), 'bancada')
    if (version !== undefined) return version
    if (folder === dirname(folder)) return 'unknown'
  }
}

// Not every package exports its package.json, so it is looked for above its entry.
function packageVersion(name: string): string | undefined {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(name) ?? []) {
    const version = versionIn(join(folder, name, 'package.json'), name)
    if (version !== undefined) return version
  }
  return undefined
}

function versionIn(file: string, name: string): string | undefined {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8'))
    return found.name === name ? found.version : undefined
  } catch {
    return undefined
  }
}
