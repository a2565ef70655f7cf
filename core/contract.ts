// Every call that a client may make of a host: what goes in (checked), what comes out, what is told meanwhile.
import {z} from 'zod'
import type {Fault} from './error.ts'
import type {BundleSignature} from './schema/bundle.ts'
import type {Card, Fact, Stale} from './schema/card.ts'
import type {DataFile} from './schema/data-file.ts'
import {type Download, downloadables} from './schema/download.ts'
import type {Explanation} from './schema/explanation.ts'
import type {Comparison, RunList} from './schema/history.ts'
import type {KindInfo} from './schema/kind.ts'
import {type DocumentEvent, type Edited, editSchema} from './schema/live.ts'
import type {LogLine} from './schema/log.ts'
import type {Problem} from './schema/notebook.ts'
import type {TableProfile} from './schema/profile.ts'
import {type Manifest, manifestChange} from './schema/project.ts'
import {
  cardTexts,
  type ModelVersion,
  type RegisteredModel,
  type RegistryEvent,
} from './schema/registry.ts'
import type {Report, RowsOf} from './schema/report.ts'
import type {CellEvent, CellStatus, Progress, Settled} from './schema/result.ts'
import type {Point, Run} from './schema/run.ts'
import {
  type FolderEntry,
  languageSchema,
  type RecentProject,
  type Settings,
  settingsChange,
  type TemplateInfo,
} from './schema/settings.ts'
import type {SqlWords} from './schema/sql-words.ts'
import type {Column} from './schema/table.ts'
import {stages} from './schema/value.ts'
import {viewFields} from './schema/view.ts'

/** A call's input schema; the types of its output and of its events ride along, and are not there at run time. */
type Call<I extends z.ZodType, O, E> = {input: I; readonly _output?: O; readonly _event?: E}

const call = <O, E = never>() => ({
  takes: <I extends z.ZodType>(input: I): Call<I, O, E> => ({input}),
})

const document = z.string().describe('Path of a document, relative to the project')
const cells = z.array(z.string()).optional()

const number = z.number().int().positive()
const run = z.strictObject({id: z.string()})
const version = {name: z.string(), version: number, why: z.string().optional()}

/** A model of the list; one whose log cannot be trusted comes with the fault. */
export type Listed = RegisteredModel & {fault?: Fault}
export type ProjectInfo = {
  folder: string
  manifest: Manifest
  documents: string[]
  /** The disk takes no changes: everything can be looked at, and nothing be changed or run. */
  readOnly?: true
}
export type RunOutcome = {cells: Settled[]; problems: Problem[]}
/** Some rows of a view of a table. */
export type TablePage = {
  /** The hash of the result that they are of: another one means that the cell ran again. */
  result: string
  columns: Column[]
  /** Rows in the view; absent until they are counted: see `table.count`. */
  total?: number
  /** How many came: fewer than asked for at the end alone. */
  rows: number
  /** An Arrow IPC stream of the columns; `rowsOfPage` makes plain rows of it. */
  arrow: Uint8Array
}

/** Calls that need no project. */
const home = {
  'home.list': call<{recent: RecentProject[]; templates: TemplateInfo[]; place: string}>().takes(
    z.strictObject({}),
  ),
  /** Makes a project in a new folder: `folder` itself, or one called after `name` where projects are kept. */
  'home.create': call<{folder: string; name: string}>().takes(
    z.strictObject({
      name: z.string().min(1),
      folder: z.string().optional(),
      template: z.string().optional(),
      /** Of the template's texts. */
      language: languageSchema.optional(),
    }),
  ),
  /** Sees that there is a project, and remembers it. */
  'home.open': call<{folder: string; name: string}>().takes(z.strictObject({folder: z.string()})),
  /** Takes a project off the list; its folder stays. */
  'home.forget': call<{folder: string}>().takes(z.strictObject({folder: z.string()})),
  /** What a folder of this machine holds; the home folder when left out. */
  'home.browse': call<{folder: string; parent?: string; entries: FolderEntry[]}>().takes(
    z.strictObject({folder: z.string().optional()}),
  ),
  'settings.get': call<Settings>().takes(z.strictObject({})),
  'settings.set': call<Settings>().takes(settingsChange),
} as const

/** Calls over one open project. */
const project = {
  /** The project that the host has open. */
  'project.info': call<ProjectInfo>().takes(z.strictObject({})),
  /** Changes what `bancada.json` says; `null` takes a field out, and other keys of the file stay. */
  'project.update': call<Manifest>().takes(manifestChange),

  /** Every kind of cell, for palettes and forms. */
  'kinds.list': call<KindInfo[]>().takes(z.strictObject({})),

  /** Keeps telling what a document is and becomes, until it is cancelled. */
  'document.watch': call<never, DocumentEvent>().takes(z.strictObject({document})),
  /**
   * Changes a document; it is saved when this returns. `base` is the revision that the change was made on: a
   * body or a text that was changed since by another is a `conflict`.
   */
  'document.edit': call<Edited>().takes(
    z.strictObject({document, edit: editSchema, base: z.number().int().optional()}),
  ),
  /** With `base`, only what led to that revision: refused as a `conflict` when something came after. */
  'document.undo': call<Edited>().takes(
    z.strictObject({document, base: z.number().int().optional()}),
  ),
  'document.redo': call<Edited>().takes(z.strictObject({document})),
  'document.create': call<{document: string}>().takes(
    z.strictObject({name: z.string().min(1), text: z.string().default('')}),
  ),
  /** Gives a document's file a name made from the title; a run must have ended. */
  'document.rename': call<{document: string}>().takes(
    z.strictObject({document, name: z.string().min(1)}),
  ),
  /** Moves a document's file out of the way; `document.restore` takes what this answers. */
  'document.remove': call<{trash: string}>().takes(z.strictObject({document})),
  'document.restore': call<{document: string}>().takes(z.strictObject({trash: z.string()})),
  /**
   * Runs what is stale of some cells and what they need, or of all. It goes on when the caller goes away;
   * watchers are told. What is asked for while the document runs comes next.
   */
  'document.run': call<Record<string, never>>().takes(z.strictObject({document, cells})),
  'document.stop': call<Record<string, never>>().takes(z.strictObject({document})),

  /** How each cell stands, without running anything. */
  'notebook.status': call<{cells: CellStatus[]; problems: Problem[]}>().takes(
    z.strictObject({document}),
  ),
  /** Runs what is stale of a document, or of some cells and what they need. Tells every change of a cell. */
  'notebook.run': call<RunOutcome, CellEvent>().takes(
    z.strictObject({
      document,
      cells,
      memory: z.string().optional(),
      threads: z.number().int().positive().optional(),
    }),
  ),
  /**
   * Some rows of a cell's table, or of one part of its split (`cell.train`), as it was last computed. The first
   * 10,000 of a filter come without counting the others; a jump further down counts, or sorts, once.
   */
  'table.page': call<TablePage, Progress>().takes(
    z.strictObject({
      document,
      table: z.string(),
      ...viewFields,
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(10_000).default(100),
    }),
  ),
  /** How many rows a view has. */
  'table.count': call<{result: string; total: number}, Progress>().takes(
    z.strictObject({document, table: z.string(), ...viewFields}),
  ),

  /** What a file of the project, or a table as `table.rows` names it, looks like, and what to mend in it. */
  'data.profile': call<TableProfile, Progress>().takes(
    z.union(
      [
        z.strictObject({file: z.string(), target: z.string().optional()}),
        z.strictObject({document, table: z.string(), target: z.string().optional()}),
      ],
      {error: 'takes a file, or a document and a table'},
    ),
  ),

  /** What completion offers in SQL: DuckDB's own functions, keywords and types. */
  'sql.words': call<SqlWords>().takes(z.strictObject({})),

  /**
   * The rows behind a cell of a confusion matrix: those of the class `truth` that were taken for `predicted`, by
   * the labels of the report; either may be left out. They are as they were before the model's features were made:
   * `of` says which table that is, and is left out where the columns are those that the model got. Beside these
   * they have `predicted` and `probability`, and the target where it is not among them.
   */
  'report.rows': call<TablePage & {of?: RowsOf}>().takes(
    z.strictObject({
      document,
      cell: z.string(),
      truth: z.string().optional(),
      predicted: z.string().optional(),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(10_000).default(100),
    }),
  ),

  /** Writes what is to be handed in of a document, `reports/<document>.html`; nothing is run for it. */
  'report.write': call<{path: string; html: string}>().takes(
    z.strictObject({document, language: languageSchema.optional()}),
  ),

  /** The user's files: what stands in `data/`, folders of images as one. */
  'data.files': call<DataFile[]>().takes(z.strictObject({})),
  /**
   * Brings a file into `data/`, part by part, each at its offset. It is there, whole, after the `last` part,
   * under the name that the answer gives: a file that is there already is not written over.
   */
  'data.put': call<{path?: string}>().takes(
    z.strictObject({
      upload: z.string().regex(/^[\w-]{8,64}$/),
      name: z.string().min(1),
      /** Below `data/`, such as `pets/cat`. */
      folder: z.string().min(1).optional(),
      offset: z.number().int().min(0),
      bytes: z.instanceof(Uint8Array),
      last: z.boolean(),
    }),
  ),

  'runs.list': call<RunList>().takes(
    z.strictObject({
      filter: z.string().optional(),
      sort: z
        .array(z.strictObject({by: z.string(), order: z.enum(['asc', 'desc']).optional()}))
        .optional(),
      limit: number.optional(),
      offset: z.number().int().min(0).optional(),
      archived: z.boolean().optional(),
    }),
  ),
  'runs.get': call<Run>().takes(run),
  /** The points of its learning curves after the first `from`. */
  'runs.points': call<{points: Point[]}>().takes(
    run.extend({from: z.number().int().min(0).default(0)}),
  ),
  /** The lines of its log after the first `from`. */
  'runs.log': call<{lines: LogLine[]}>().takes(
    run.extend({from: z.number().int().min(0).default(0)}),
  ),
  /** The whole report of an evaluation of it; `by` is the cell that evaluated. */
  'runs.report': call<Report>().takes(run.extend({by: z.string()})),
  /**
   * Finds out what its model leans on, by shuffling and varying the columns of rows that training did not see, and
   * keeps it with the run.
   */
  'runs.explain': call<Explanation, Progress>().takes(
    run.extend({
      metric: z.string().optional(),
      rows: z.number().int().min(2).max(1_000_000).optional(),
      repeats: z.number().int().min(1).max(1000).optional(),
      seed: z.number().int().min(0).max(4294967295).optional(),
    }),
  ),
  /** What was kept of that last; `unknown-name` where nothing was. */
  'runs.explanation': call<Explanation>().takes(run),
  'runs.compare': call<Comparison>().takes(z.strictObject({ids: z.array(z.string()).min(2)})),
  /** A query of the user's own over `runs`, `params` and `metrics`. */
  'runs.query': call<{columns: Column[]; rows: Record<string, unknown>[]; more: boolean}>().takes(
    z.strictObject({sql: z.string(), limit: number.optional()}),
  ),
  'runs.mark': call<Run>().takes(
    run.extend({
      notes: z.string().optional(),
      tags: z.array(z.string()).optional(),
      star: z.boolean().optional(),
      archived: z.boolean().optional(),
    }),
  ),
  /** For good. */
  'runs.remove': call<{id: string}>().takes(run),

  'models.list': call<Listed[]>().takes(z.strictObject({})),
  'models.get': call<RegisteredModel>().takes(z.strictObject({name: z.string()})),
  /** Promotes, archives …; production needs an approval, or `override` with a reason. */
  'models.setStage': call<ModelVersion>().takes(
    z.strictObject({...version, stage: z.enum(stages), override: z.boolean().optional()}),
  ),
  'models.judge': call<ModelVersion>().takes(z.strictObject({...version, approved: z.boolean()})),
  /** Puts the version that was in production before back there. */
  'models.rollBack': call<ModelVersion>().takes(
    z.strictObject({name: z.string(), to: number.optional(), why: z.string().optional()}),
  ),
  /** Writes texts of a version's card. */
  'models.describe': call<ModelVersion>().takes(
    z.strictObject({
      name: z.string(),
      version: number,
      texts: z.partialRecord(z.enum(cardTexts), z.string()),
    }),
  ),
  'models.audit': call<{events: RegistryEvent[]; fault?: Fault}>().takes(
    z.strictObject({name: z.string()}),
  ),

  /** A version's card: as Markdown, and as data whose figures name the run and the data that they rest on. */
  'models.card': call<{markdown: string; card: Card; stale: {fact: Fact; reason: Stale}[]}>().takes(
    z.strictObject({
      name: z.string(),
      version: number,
      language: z.enum(['en', 'pt-BR']).default('en'),
    }),
  ),

  /**
   * Makes a file of a version to be taken away. It is there for `download.read`, and at `/download` where the window
   * is served, until some time after the caller went away. A bundle that was not packaged is `missing-file`.
   */
  'models.download': call<Download, Progress>().takes(
    z.strictObject({
      name: z.string(),
      version: number,
      what: z.enum(downloadables),
      language: languageSchema.default('en'),
    }),
  ),
  /** The bytes of such a file from an offset on, as many as come at once; none at its end. */
  'download.read': call<Download & {part: Uint8Array}>().takes(
    z.strictObject({id: z.string(), offset: z.number().int().min(0)}),
  ),
  /** Who has it all need not wait until it is removed. */
  'download.drop': call<{id: string}>().takes(z.strictObject({id: z.string()})),

  /**
   * Starts a bundle's own server on loopback: the one in a folder, or the newest of a version. It ends by
   * `bundle.stop`, or when the caller goes away. `example` is a row to begin with.
   */
  'bundle.start': call<{
    id: string
    signature: BundleSignature
    examples: Record<string, unknown>[]
  }>().takes(
    z.union(
      [z.strictObject({folder: z.string()}), z.strictObject({name: z.string(), version: number})],
      {error: 'takes a folder, or a name and a version'},
    ),
  ),
  /** Sends rows to a started bundle; `ms` is the time from the request to the answer. */
  'bundle.ask': call<{answers: Record<string, unknown>[]; ms: number}>().takes(
    z.strictObject({id: z.string(), rows: z.array(z.record(z.string(), z.unknown())).min(1)}),
  ),
  'bundle.stop': call<{id: string}>().takes(z.strictObject({id: z.string()})),
  /** Starts a bundle's own server on loopback and sends it the golden rows. */
  'bundle.rehearse': call<Report, {done?: number; message?: string}>().takes(
    z.strictObject({folder: z.string()}),
  ),
} as const

export const contract = {...home, ...project}

export type HomeCall = keyof typeof home
export type ProjectCall = keyof typeof project
export type Contract = typeof contract
export type CallName = keyof Contract
export type InputOf<N extends CallName> = z.input<Contract[N]['input']>
export type OutputOf<N extends CallName> = NonNullable<Contract[N]['_output']>
export type EventOf<N extends CallName> = NonNullable<Contract[N]['_event']>
/** The same by name, with inputs as they are after the check. */
export type Calls = {[N in CallName]: {input: z.output<Contract[N]['input']>}}
