// Before any test: the programs that tests start as child processes.
// @ts-expect-error a plain script without types
import {freshCore} from '../../scripts/fresh.mjs'

export default async () => {
  await freshCore()
}
