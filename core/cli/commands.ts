// Every command, in the order in which `bancada help` lists them. Each is loaded when it is asked for.
import type {Command} from './args.ts'

export type Entry = {name: string; summary: string; load: () => Promise<{command: Command}>}

export const commands: Entry[] = [
  {
    name: 'new',
    summary: 'Make a project, empty or from a template',
    load: () => import('./new.ts'),
  },
  {
    name: 'open',
    summary: 'Tell what a project holds, and how to go on',
    load: () => import('./open.ts'),
  },
  {
    name: 'run',
    summary: 'Run what is stale in a document',
    load: () => import('./run.ts'),
  },
  {
    name: 'status',
    summary: 'Show which cells are fresh and which have to run',
    load: () => import('./status.ts'),
  },
  {
    name: 'profile',
    summary: 'Tell what is in a data file, and what to mend',
    load: () => import('./profile.ts'),
  },
  {
    name: 'runs',
    summary: 'Every training that ever ran: list, filter, compare',
    load: () => import('./runs.ts'),
  },
  {
    name: 'models',
    summary: 'The registry: versions, stages, approvals, and who did what',
    load: () => import('./models.ts'),
  },
  {
    name: 'package',
    summary: 'Make the bundle of a document and copy it to a folder',
    load: () => import('./package.ts'),
  },
  {
    name: 'report',
    summary: 'Write what is to be handed in of a document, as one HTML file',
    load: () => import('./report.ts'),
  },
  {
    name: 'serve',
    summary: 'Open the project’s host on loopback, for the window and for programs',
    load: () => import('./serve.ts'),
  },
  {
    name: 'doctor',
    summary: 'Tell what this machine has: engines, GPU, versions, what is missing',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'demo',
    summary: 'Take a real data set from cleaning to a served model and a drift check',
    load: () => import('./demo.ts'),
  },
]
