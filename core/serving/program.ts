// Where this build keeps the program that goes into bundles, and the native modules that it needs.
import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {AppError} from '../error.ts'

// Beside the built code, or in dist/ when this file runs as it is.
const candidates = ['./server.mjs', '../../dist/server.mjs']

/** The path of `server.mjs`. */
export function serverProgram(): string {
  for (const candidate of candidates) {
    const file = fileURLToPath(new URL(candidate, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new AppError('not-available', 'the server program has not been built', {
    hint: 'run `npm run build`',
  })
}

/** A folder from which onnxruntime-node and @duckdb/node-api can be seen: the `--modules` of a server. */
export const modulesFolder = (): string => fileURLToPath(new URL('.', import.meta.url))
