// Before browser tests: what the host and the window run is built from the sources as they are.
import {fileURLToPath} from 'node:url'
import {build as vite} from 'vite'
// @ts-expect-error a plain script
import {build} from '../../scripts/build.mjs'

export default async function setup() {
  await build()
  const configFile = fileURLToPath(new URL('../../renderer/vite.config.ts', import.meta.url))
  process.env.NODE_ENV = 'production'
  await vite({configFile, logLevel: 'warn', mode: 'production'})
}
