// Before browser tests: what the host and the window run is built from the sources as they are.
// @ts-expect-error a plain script
import {freshCore, freshRenderer} from '../../scripts/fresh.mjs'

export default async function setup() {
  await freshCore()
  await freshRenderer()
}
