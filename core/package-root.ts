// Where Bancada itself is installed, seen from the sources and from dist/ alike.
import {existsSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {AppError} from './error.ts'
import {says} from './words/says.ts'

let known: string | undefined

/** The folder of Bancada's own package.json. */
export function packageRoot(): string {
  if (known) return known
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'bancada') {
      known = folder
      return folder
    }
    if (folder === dirname(folder)) throw new Error('Bancada cannot find its own package.json')
  }
}

/** The file of a program that `npm run build` makes. Throws `not-available` before that was done. */
export function builtProgram(name: string): string {
  const file = join(packageRoot(), 'dist', `${name}.mjs`)
  if (existsSync(file)) return file
  throw new AppError('not-available', says`${name} is not built`, {
    hint: says`run \`npm run build\``,
  })
}

/** Bancada's version. */
export const version = (): string =>
  JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version
