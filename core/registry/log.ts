// A model's log: events that are only ever added, each chained to the one before it.
import {createHash, randomBytes} from 'node:crypto'
import {mkdir, readdir, readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {AppError, messageOf} from '../error.ts'
import {linkOrCopy, onDisk, syncFolder, writeSynced} from '../files.ts'
import {json} from '../schema/figure.ts'
import {
  eventRecord,
  eventVersion,
  type Happening,
  type Person,
  type RegistryEvent,
} from '../schema/registry.ts'
import {readVersioned} from '../schema/versioned.ts'
import {type Phrase, says} from '../words/says.ts'

type Plain = Record<string, unknown>

/** What is about to be logged; the log adds its place, its time and its hashes. */
export type Draft = Happening & {why?: string}

/** Why a log cannot be trusted, and up to where it can. */
export type Damage = {seq: number; error: AppError}

/**
 * `log/000001.json`, `000002.json` …: one file an event. A new event is written aside and then linked to the
 * next free number, which fails when another process took that number first; the decision is then made
 * again on the log as it has become. So no event is lost, none is half there, and none rests on a stale view.
 *
 * The chain of hashes shows an event that was changed, removed or slipped in by hand. It cannot show a log
 * whose last events were removed together, nor one that was forged from end to end.
 */
export class Log {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** All events, in order. Throws `damaged` or `too-new` with the file where the trouble begins. */
  async read(): Promise<RegistryEvent[]> {
    const {events, damage} = await this.audit()
    if (damage) throw damage.error
    return events
  }

  /** The events up to where the log can be trusted, and what is wrong after them. */
  async audit(): Promise<{events: RegistryEvent[]; damage?: Damage}> {
    const events: RegistryEvent[] = []
    for (const name of await this.#names()) {
      try {
        events.push(await this.#event(name, events))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return {events, damage: {seq: events.length + 1, error}}
      }
    }
    return {events}
  }

  /**
   * Adds what `decide` makes of the log as it is; nothing when it makes nothing. `decide` may throw, and may
   * be asked again when another process was first. Gives the log as it is then.
   */
  async append(
    decide: (events: RegistryEvent[]) => Draft | undefined,
    {at, by}: {at: () => string; by: Person},
  ): Promise<RegistryEvent[]> {
    for (;;) {
      const events = await this.read()
      const draft = decide(events)
      if (!draft) return events
      const event = seal(draft, {events, at: at(), by})
      if (await this.#claim(event.seq, event)) return [...events, readVersioned(eventRecord, event)]
    }
  }

  async #claim(seq: number, event: Plain): Promise<boolean> {
    return onDisk(this.folder, async () => {
      await mkdir(this.folder, {recursive: true})
      const aside = join(this.folder, `.new-${randomBytes(6).toString('hex')}`)
      try {
        await writeSynced(aside, `${json(event, 1)}\n`)
        await linkOrCopy(aside, join(this.folder, fileName(seq)))
        await syncFolder(this.folder)
        return true
      } catch (error) {
        if ((error as {code?: string}).code === 'EEXIST') return false
        throw error
      } finally {
        await rm(aside, {force: true})
      }
    })
  }

  async #names(): Promise<string[]> {
    const entries = await onDisk(this.folder, () => readdir(this.folder)).catch(error => {
      if (error instanceof AppError && error.code === 'missing-file') return []
      throw error
    })
    return entries.filter(name => /^\d+\.json$/.test(name)).sort()
  }

  async #event(name: string, before: RegistryEvent[]): Promise<RegistryEvent> {
    const where = join(this.folder, name)
    const seq = before.length + 1
    if (name !== fileName(seq)) throw damaged(says`event ${seq} is missing`, where)
    const stored = parsed(await onDisk(where, () => readFile(where, 'utf8')), where)
    // An older program cannot tell what a newer one signed, so the version comes first.
    const event = readVersioned(eventRecord, stored, where)
    if (hashOf(stored) !== event.hash)
      throw damaged(says`event ${seq} was changed after it was written`, where)
    if (event.seq !== seq || event.previous !== (before.at(-1)?.hash ?? ''))
      throw damaged(says`event ${seq} does not follow the one before it`, where)
    return event
  }
}

const fileName = (seq: number) => `${String(seq).padStart(6, '0')}.json`

const damaged = (message: Phrase, where: string) =>
  new AppError('damaged', message, {
    where,
    hint: says`take the log folder back from a copy; Bancada does not go on with a log that was edited`,
  })

function parsed(text: string, where: string): Plain {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged(says`this event is not JSON: ${messageOf(error)}`, where)
  }
}

// Through JSON once, so that what is hashed is what will be read.
function seal(draft: Draft, {events, at, by}: {events: RegistryEvent[]; at: string; by: Person}) {
  const seq = events.length + 1
  const previous = events.at(-1)?.hash ?? ''
  const event: Plain = JSON.parse(json({version: eventVersion, seq, at, by, previous, ...draft}))
  return {...event, seq, hash: hashOf(event)}
}

function hashOf({hash: _, ...rest}: Plain): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex')
}
