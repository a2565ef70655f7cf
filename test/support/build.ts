// Before any test: the programs that tests start as child processes.
// @ts-expect-error a plain script without types
import {build} from '../../scripts/build.mjs'

export default () => build()
