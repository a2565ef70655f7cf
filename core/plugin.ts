// What a cell kind is: the forms that a step and a model take. One object in one file each;
// the form on screen, the help, the checks, the serving graph and the tests derive from it.
import type {z} from 'zod'
import type {Relation, Sql} from './data/sql.ts'
import type {Frame} from './onnx/frame.ts'
import type {Graph, Tensor} from './onnx/graph.ts'
import type {ImageShape} from './schema/image.ts'
import type {Note} from './schema/log.ts'
import type {TaskKind} from './schema/model.ts'
import type {Progress} from './schema/result.ts'
import type {Column} from './schema/table.ts'

export type {Progress}

/** A row as plain data, as DuckDB's JSON values: number, string, boolean, null, bigint, Date. */
export type Row = Record<string, unknown>

/** Runs a query and gives its rows; handed to `learn`, so that a step never meets DuckDB itself. */
export type Ask = (query: Sql) => Promise<Row[]>

/** Which rows a plan is for. `all`: the table was never split. `serve`: one request, long after training. */
export type Part = 'all' | 'train' | 'validation' | 'test' | 'serve'

/** Anything long takes these two. */
export type Task = {signal: AbortSignal; tell: (progress: Progress) => void}

/** Plain data, so that it survives a JSON file: what a step learned from its training rows. */
export type Learned = {[key: string]: unknown} | undefined

/** One worked case of a step: documentation and test in one. */
export type Example<P> = {
  title?: string
  /** As a user would write them; defaults are filled in. */
  params: Partial<P>
  /** The (training) rows that go in. Column types follow DuckDB's inference from JSON, or `types`. */
  rows: readonly Row[]
  /** More tables, for a step that takes several. */
  more?: readonly (readonly Row[])[]
  types?: Record<string, string>
  /** Rows to apply to, when they differ from the training rows. */
  apply?: readonly Row[]
  gives: readonly Row[]
}

export type Transform<P = unknown, L extends Learned = Learned> = {
  readonly type: 'transform'
  kind: string
  /** Raised when the same parameters begin to mean something else: it makes cached results stale. */
  version: number
  title: string
  doc: string
  group: 'columns' | 'rows' | 'clean' | 'numbers' | 'categories' | 'time' | 'text' | 'tables'
  params: z.ZodType<P>
  /** How many tables it takes; 1 unless it says otherwise. */
  tables?: {min: number; max: number}
  /**
   * How it serves. `onnx`: lowered into the model's graph. `sql`: its plan is replayed by DuckDB in the
   * bundle. `training-only`: left out when serving, because it drops, repeats or reorders rows.
   */
  serves: 'onnx' | 'sql' | 'training-only'
  /**
   * `map`: one row out for each row in, in the same order, each from that row alone; the result is not
   * written to disk but stays a query. `rewrite`: anything else; the result is written.
   */
  rows: 'map' | 'rewrite'
  /** Which parts of a split it changes: balancing touches the training rows only. */
  touches?: 'all' | 'train'
  /**
   * Asks DuckDB whether the parameters make sense for these columns, before anything is learned: a user's
   * own SQL, say. Reads no rows.
   */
  check?: (params: P, rows: Relation, ask: Ask) => Promise<void>
  /** Set where a user's own SQL may give NaN: whoever plans the step turns that into null. */
  mayGiveNaN?: true
  /** Needs training rows (a leakage risk when it stands before the split). Read from the rows given alone. */
  learn?: (params: P, rows: Relation, ask: Ask) => Promise<L>
  /** The query that gives the result. `rows` has all incoming columns; `more` the further tables. */
  plan: (params: P, rows: Relation, learned: L, context: {part: Part; more: Relation[]}) => Sql
  /** The same on columns of an ONNX graph. */
  onnx?: (params: P, frame: Frame, learned: L) => void
  examples: readonly [Example<NoInfer<P>>, ...Example<NoInfer<P>>[]]
}

/** Types `params`, `learned` and the functions by each other; adds nothing. */
export const defineTransform = <P, L extends Learned = undefined>(
  step: Omit<Transform<P, L>, 'type'>,
): Transform<P, L> => ({type: 'transform', ...step})

/** Dense training arrays. `x` is row-major, `rows × features.length` of `TrainingData`, float32, without gaps. */
export type Matrix = {
  rows: number
  x: Float32Array
  /** Class index (classification) or value (regression); absent for clustering. */
  y?: Float32Array
  /** Weight of each row, where class or sample weights were asked for. */
  weights?: Float32Array
}

/**
 * Rows that are too many to be held: on disk in stripes, each a random sample of them all. Nothing of them is in
 * memory but what `read` puts into the arrays of whoever asks.
 */
export type Spool = {
  rows: number
  /** How many numbers a row has. */
  features: number
  weighted: boolean
  /** How many rows each stripe has: none, or about as many as any other. */
  stripes: readonly number[]
  /** The bytes of rows that may be held at once, twice: to be trained on, and to be read meanwhile. */
  block: number
  /** The features that are the same in every row, by number. */
  constant: readonly number[]
  /** Fills arrays with the rows of a stripe, from row `at` on; without `x`, with their targets and weights alone. */
  read: (stripe: number, into: SpoolArrays, at: number) => Promise<void>
}
export type SpoolArrays = {x?: Float32Array; y: Float32Array; weights?: Float32Array}

/** Rows to learn from, wherever they lie. */
export type Rows = Matrix | Spool

export type TrainingData<R extends Rows = Matrix> = {
  task: TaskKind
  /** A name for each number of a row: a column, or a pixel of an image (`image[row,column,channel]`). */
  features: string[]
  /** The shape of a row, where it is an image. Its values go from 0 to 1, channels last. */
  image?: ImageShape
  /** Class labels in the order of the class index. */
  classes?: string[]
  train: R
  validation?: R
}

/** What a fitted model leaves: the graph that ships, and files that let it be opened again. */
export type Fitted = {
  /**
   * Adds the model to a graph. `x` is float32 [rows, features]. Classification gives `probabilities`
   * float32 [rows, classes]; regression gives `prediction` float32 [rows, 1]; clustering gives
   * `cluster` int64 [rows] and `distances` float32 [rows, clusters].
   */
  lower: (graph: Graph, x: Tensor) => Record<string, Tensor>
  /** Extra files of the run's artifacts, by name, such as a tfjs `model.json`. */
  files?: Record<string, Uint8Array>
  /** Which engine trained it and why, such as `tfjs·wasm`. */
  engine: string
  /** Figures of the fit itself: epochs run, best epoch, iterations, inertia … */
  summary?: Record<string, number>
  /** Things the user should know: did not converge, constant feature … */
  warnings?: string[]
}

export type FitContext = Task & {
  seed: number
  /** Writes one point of the learning curve: `epoch` counts from 1. */
  log: (epoch: number, metrics: Record<string, number>) => void
  /** Says in the run's log what becomes of the training: which engine and why, that it ends early. */
  note?: Note
  /** The most memory that the process may use, in MiB, where there is a limit. */
  memory?: number
  /** A folder where measurements of this machine may be kept from one fit to the next. */
  cache?: string
  /** Left out: nothing is kept. A fit that is taken up from one logs the points before it again. */
  checkpoints?: Checkpoints
}

/** Where a long fit keeps how far it has come, so that a killed one need not begin anew. */
export type Checkpoints = {
  /** Of Bancada and what it computes with: what another version kept is of no use. */
  version: string
  /** Whether it is time for one. `end`: the fit is over, though not what it is a part of; `stop`: it was stopped. */
  due: (at: {end?: boolean; stop?: boolean}) => boolean
  /** The last one, if there is one. */
  read: () => Promise<Uint8Array | undefined>
  /** Puts one in the place of the last. */
  write: (bytes: Uint8Array) => Promise<void>
}

export type Model<P = unknown> = {
  readonly type: 'model'
  kind: string
  version: number
  title: string
  doc: string
  tasks: readonly TaskKind[]
  /** Set where it learns from one column of images and nothing else. */
  takes?: 'image'
  /** Its own parameters; `target`, `features` and `seed` are common to all models and added by the cell. */
  params: z.ZodType<P>
} & (
  | {streams?: false; fit: Fit<P, Matrix>}
  /** It learns from rows that do not fit into memory, too. */
  | {streams: true; fit: Fit<P, Rows>}
)

/** Runs in a worker process. Must repeat bit for bit for one seed on one machine. */
type Fit<P, R extends Rows> = (
  params: P,
  data: TrainingData<R>,
  context: FitContext,
) => Promise<Fitted>

/** Types `params` and `fit` by each other; adds nothing. */
export const defineModel = <P>(model: Definition<Model<P>>): Model<P> =>
  ({type: 'model', ...model}) as Model<P>
// Of either form: `Omit` of a union keeps only what its forms share.
type Definition<M> = M extends unknown ? Omit<M, 'type'> : never

/** The columns named, with their types; `rows` is known to have them. */
export const pick = (rows: Relation, names: readonly string[]): Column[] =>
  names.map(name => rows.columns.find(c => c.name === name)!)
