// Every command, in the order in which `bancada help` lists them.
import type {Command} from './args.ts'
import {demo} from './demo.ts'
import {doctor} from './doctor.ts'
import {models} from './models.ts'
import {newCommand} from './new.ts'
import {packageCommand} from './package.ts'
import {run} from './run.ts'
import {runs} from './runs.ts'
import {serveCommand} from './serve.ts'
import {status} from './status.ts'

export const commands: Command[] = [
  newCommand,
  run,
  status,
  runs,
  models,
  packageCommand,
  serveCommand,
  doctor,
  demo,
]
