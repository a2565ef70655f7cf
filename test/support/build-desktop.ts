// Before tests of the desktop shell: its main and preload, the window that it serves, and the workers.
// @ts-expect-error a plain script without types
import {freshCore, freshDesktop, freshRenderer} from '../../scripts/fresh.mjs'

export default async () => {
  await freshCore()
  await freshRenderer()
  await freshDesktop()
}
