// Where this build keeps the program that goes into bundles, and the native modules that it needs.
import {fileURLToPath} from 'node:url'
import {builtProgram} from '../package-root.ts'

/** The path of `server.mjs`. */
export const serverProgram = (): string => builtProgram('server')

/** A folder from which onnxruntime-node and @duckdb/node-api can be seen: the `--modules` of a server. */
export const modulesFolder = (): string => fileURLToPath(new URL('.', import.meta.url))
