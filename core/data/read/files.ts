// From what the user wrote to files of the project: never outside it, and a clear word when there is none.
import {readdir, realpath, stat} from 'node:fs/promises'
import {basename, dirname, extname, isAbsolute, join, relative, resolve, sep} from 'node:path'
import {AppError, didYouMean, nearest} from '../../error.ts'
import {isImage} from '../../schema/data-file.ts'
import {type Phrase, says} from '../../words/says.ts'
import type {Session} from '../session.ts'
import {sql} from '../sql.ts'

/** A file to read: `path` for the computer, `name` (relative to the project) for people. */
export type SourceFile = {path: string; name: string; bytes: number}

/**
 * The files that `pattern` means, sorted by name. A file of exactly that name wins over a pattern. Throws
 * `missing-file` (with the nearest name), `refused` for what lies or leads outside the project, `bad-data`
 * for a folder.
 */
export async function sourceFiles(
  session: Session,
  projectFolder: string,
  pattern: string,
): Promise<SourceFile[]> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(pattern))
    throw new AppError('refused', says`"${pattern}" is not a file of this project`, {
      hint: says`download it into the project, for instance into data/, and name it there`,
    })
  const root = await realpath(projectFolder)
  const path = resolve(projectFolder, pattern)
  inside(resolve(projectFolder), path, pattern)
  const found = await stat(path).catch(() => undefined)
  if (found) return [await checked(root, path, pattern)]
  if (!/[*?[{]/.test(pattern)) throw await missing(projectFolder, pattern)
  const rows = await session.rows(sql`select file from glob(${forward(path)}) order by file`)
  if (rows.length === 0) throw await missing(projectFolder, pattern)
  const names = rows.map(row => String(row.file))
  const files = await Promise.all(
    names.map(file => checked(root, file, forward(relative(resolve(projectFolder), file)))),
  )
  return files
}

/** The path so that DuckDB takes it for one file, whatever characters are in it. */
export const literalPath = (path: string) => forward(path).replace(/[[*?]/g, '[$&]')

const forward = (path: string) => (sep === '\\' ? path.replaceAll('\\', '/') : path)

async function checked(root: string, path: string, name: string): Promise<SourceFile> {
  const real = await realpath(path)
  inside(root, real, name)
  const found = await stat(real)
  if (found.isDirectory()) {
    const entries = await readdir(real, {recursive: true})
    const first = entries.find(entry => extname(entry) !== '' && !entry.includes(sep))
    const ending = first ? `*${extname(first)}` : '*'
    throw new AppError('bad-data', says`"${name}" is a folder, not a file`, {
      hint: entries.some(isImage)
        ? says`an images cell reads a folder of images`
        : says`to read all files in it, write ${join(name, ending)}`,
    })
  }
  if (!found.isFile()) throw new AppError('bad-data', says`"${name}" is not a regular file`)
  return {path: real, name, bytes: found.size}
}

/** Throws `refused` for a path outside `root`. */
export function inside(root: string, path: string, name: string) {
  const way = relative(root, path)
  if (way.split(sep)[0] !== '..' && !isAbsolute(way)) return
  throw new AppError('refused', says`"${name}" leads outside the project folder`, {
    hint: says`copy the file into the project, for instance into data/`,
  })
}

/** What to say where there is no such file, with the nearest name. */
export async function missing(projectFolder: string, pattern: string): Promise<AppError> {
  const folder = dirname(resolve(projectFolder, pattern))
  const beside = await readdir(folder).catch(() => undefined)
  if (!beside) {
    const above = await readdir(dirname(folder)).catch(() => [])
    return new AppError(
      'missing-file',
      says`there is no folder "${dirname(pattern)}" in the project`,
      {
        hint: didYouMean(basename(folder), above) ?? says`a path is relative to the project folder`,
      },
    )
  }
  const near = nearest(basename(pattern), beside)
  // As it has to be written, so that it can be put in the other's place.
  const path = near && (pattern.includes('/') ? `${dirname(pattern)}/${near}` : near)
  return new AppError('missing-file', says`there is no file "${pattern}" in the project`, {
    hint:
      (path ? says`did you mean "${path}"?` : undefined) ??
      (await elsewhere(projectFolder, basename(pattern))) ??
      says`a path is relative to the project folder`,
  })
}

// The most common slip: the file is in data/ and was named without it.
async function elsewhere(projectFolder: string, name: string): Promise<Phrase | undefined> {
  const inData = await stat(join(projectFolder, 'data', name)).catch(() => undefined)
  return inData ? says`did you mean "${`data/${name}`}"?` : undefined
}
