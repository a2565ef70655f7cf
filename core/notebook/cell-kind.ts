// What every kind of cell is to the planner and the runner, whatever it does.
import type {z} from 'zod'
import type {Session} from '../data/session.ts'
import type {Runs} from '../history/runs.ts'
import type {Progress} from '../plugin.ts'
import type {Project} from '../project.ts'
import type {Registry} from '../registry/registry.ts'
import type {Value} from '../schema/value.ts'
import type {Made} from '../store.ts'
import type {Ports} from './ports.ts'

/** A value that a cell is given, and the name under which the cell knows it (`parts` or `parts.train`). */
export type Input = {name: string; hash: string; value: Value}

export type CellContext<P = unknown> = {
  project: Project
  session: Session
  runs: Runs
  registry: Registry
  document: string
  cell: string
  /** The text of a `sql` cell. */
  body: string
  params: P
  inputs: Input[]
  /** Targets of the models downstream: what a step leaves alone unless it is named. */
  protect: readonly string[]
  hash: string
  /** An empty folder to write into; its files become `objects/<hash>/…`. */
  folder: string
  /** Where long work may keep how far it has come; removed when the result is stored. `every`: seconds. */
  checkpoints: {folder: string; every?: number | undefined}
  /** What DuckDB may use, in a process of the cell's own, too: as in `SessionSpec`. */
  limits: {memory?: string | undefined; threads?: number | undefined}
  /** Hashes of every cell upstream, by name. */
  lineage: Record<string, string>
  signal: AbortSignal
  tell: (progress: Progress) => void
}

export type CellKind<P = unknown> = {
  kind: string
  version: number
  title: string
  doc: string
  params: z.ZodType<P>
  ports: Ports
  /** Runs each time, because what it gives depends on more than its inputs. */
  fresh?: boolean
  /** Files whose content the result depends on: relative to the project, or absolute where the place matters too. */
  files?(params: P, project: Project, session: Session): Promise<string[]>
  run(context: CellContext<P>): Promise<Made>
}

/** Types `params` and `run` by each other; adds nothing. */
export const defineCell = <P>(kind: CellKind<P>): CellKind<P> => kind

/** The name of one of a result's files among the stored objects. */
export const objectName = (hash: string, file: string) => `${hash}/${file}`
