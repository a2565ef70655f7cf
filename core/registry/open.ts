// The registry of a project, with the person at the keyboard as the one who acts.
import {join} from 'node:path'
import {Registry} from './registry.ts'
import {whoAmI} from './who.ts'

/** `folder` is the project's. */
export const openRegistry = (folder: string): Registry =>
  new Registry(join(folder, '.bancada', 'models'), {who: () => whoAmI(folder)})
