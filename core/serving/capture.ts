// Keeps a share of the traffic for later: SageMaker's data capture, in files by the hour.
import {randomUUID} from 'node:crypto'
import {appendFile, mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import type {CaptureRecord} from '../schema/capture.ts'
import {mediaType} from './request.ts'

export type CaptureSpec = {
  /** Files go to `<folder>/yyyy/mm/dd/hh/<id>.jsonl`, hours in UTC. */
  folder: string
  /** Share of requests to keep, 0 to 100. */
  percent: number
  now?: () => Date
  /** From 0 to 1; tells whether a request is kept. */
  random?: () => number
  /** Told when a record could not be written; the request itself is answered all the same. */
  failed?: (error: unknown) => void
}

export type Exchange = {
  input: {type: string; data: string}
  output: {type: string; data: string}
  inferenceId?: string | undefined
}

export type Capture = {
  keep(exchange: Exchange): void
  /** Waits until everything kept is on disk. */
  close(): Promise<void>
}

export function openCapture({
  folder,
  percent,
  now = () => new Date(),
  random = Math.random,
  failed = () => {},
}: CaptureSpec): Capture {
  // Several servers may share the folder, so each appends to files of its own.
  const name = `${randomUUID()}.jsonl`
  let waiting: {hour: string; text: string}[] = []
  let writing: Promise<void> | undefined

  // What arrives during a write goes out together with the next one.
  async function drain() {
    while (waiting.length > 0) {
      const lines = waiting
      waiting = []
      for (const hour of new Set(lines.map(line => line.hour))) {
        const text = lines.flatMap(line => (line.hour === hour ? [line.text] : [])).join('')
        try {
          await mkdir(join(folder, hour), {recursive: true})
          await appendFile(join(folder, hour, name), text)
        } catch (error) {
          failed(error)
        }
      }
    }
    writing = undefined
  }

  return {
    keep(exchange) {
      if (random() * 100 >= percent) return
      const time = now()
      waiting.push({hour: hourOf(time), text: `${JSON.stringify(record(exchange, time))}\n`})
      writing ??= drain()
    },
    close: async () => {
      await writing
    },
  }
}

const hourOf = (time: Date) => time.toISOString().slice(0, 13).replace(/[-T]/g, '/')

function record({input, output, inferenceId}: Exchange, time: Date): CaptureRecord {
  return {
    captureData: {
      endpointInput: side('INPUT', input),
      endpointOutput: side('OUTPUT', output),
    },
    eventMetadata: {
      eventId: randomUUID(),
      ...(inferenceId ? {inferenceId} : {}),
      inferenceTime: time.toISOString(),
    },
    eventVersion: '0',
  }
}

const side = (mode: 'INPUT' | 'OUTPUT', {type, data}: {type: string; data: string}) => ({
  observedContentType: type,
  mode,
  data,
  encoding: mediaType(type).type === 'text/csv' ? ('CSV' as const) : ('JSON' as const),
})
