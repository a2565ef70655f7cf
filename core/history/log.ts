// The log of a run: written as it is said, so that a kill loses no line, and bounded, so that it fills no disk.
import {closeSync, openSync, writeSync} from 'node:fs'
import {join} from 'node:path'
import {readLines} from '../files.ts'
import {type LogLine, logLineSchema, ownLine} from '../schema/log.ts'
import {type Phrase, says} from '../words/says.ts'

const fileIn = (folder: string) => join(folder, 'log.ndjson')

export type LogLimits = {
  /** Bytes after which no more is written but the end. */
  bytes: number
  /** Characters of a line. */
  line: number
  /** Lines of the end, which says why a training failed. */
  end: number
}
const usual: LogLimits = {bytes: 512 * 1024, line: 4096, end: 100}

/**
 * Writes `log.ndjson`. Beyond its limit it says so, and keeps the newest lines in memory until the run ends; a
 * log that cannot be written never ends a training: points, artifacts and the run itself fail loudly where the disk
 * is full.
 */
export class RunLog {
  readonly #file: number
  readonly #now: () => number
  readonly #limits: LogLimits
  #bytes = 0
  #cut = false
  #left: Buffer[] = []
  #lost = 0

  constructor(folder: string, now: () => number, limits: Partial<LogLimits> = {}) {
    this.#file = openSync(fileIn(folder), 'a')
    this.#now = now
    this.#limits = {...usual, ...limits}
  }

  add(line: LogLine): void {
    const made = bytesOf(line, this.#limits.line)
    const {bytes, end} = this.#limits
    if (!this.#cut && this.#bytes + made.length > bytes) {
      this.#cut = true
      this.#note(
        says`the log is cut here: it has ${Math.round(bytes / 1024)} KiB, and only its last lines follow when the run ends`,
      )
    }
    if (!this.#cut) this.#write(made)
    else if (this.#left.push(made) > end) {
      this.#left.shift()
      this.#lost++
    }
  }

  close(): void {
    if (this.#lost > 0) this.#note(says`${this.#lost} lines were left out`)
    for (const line of this.#left) this.#write(line)
    closeSync(this.#file)
  }

  #note(what: Phrase) {
    this.#write(bytesOf(ownLine(what, 'warning', this.#now()), this.#limits.line))
  }

  #write(line: Buffer) {
    this.#bytes += line.length
    try {
      for (let at = 0; at < line.length; ) at += writeSync(this.#file, line, at)
    } catch {
      // See above.
    }
  }
}

function bytesOf(line: LogLine, most: number): Buffer {
  const {said, text, ...plain} = line
  const cut = {...plain, text: `${text.slice(0, most)} … (${text.length} characters)`}
  return Buffer.from(`${JSON.stringify(text.length > most ? cut : line)}\n`)
}

/** Every line that was written, in order; none for a run that kept no log. */
export async function readLog(folder: string): Promise<LogLine[]> {
  const lines = await readLines(fileIn(folder))
  return lines.flatMap(line => logLineSchema.safeParse(line).data ?? [])
}
