// Rows that a served model has seen, as tables: captured traffic, requests, answers.
import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type Relation, relation, sql} from '../data/sql.ts'
import {AppError} from '../error.ts'
import {onDisk} from '../files.ts'
import {type CaptureRecord, captureRecord} from '../schema/capture.ts'
import {kindOfType} from '../schema/table.ts'
import type {Answer} from '../serving/answer.ts'
import {parseCsv} from '../serving/csv.ts'
import {batchTable} from '../serving/prepare.ts'
import {type Batch, mediaType, readRequest, type Wanted} from '../serving/request.ts'
import {says} from '../words/says.ts'

/** Request rows as a table of the signature's types. */
export const batchRelation = ({inputs}: Wanted, batch: Batch): Relation =>
  relation(batchTable(inputs, batch), inputs)

/** What a model answered, as a table of one column `prediction`: a class, a cluster or a number. */
export function answerTable(answers: readonly Answer[]): Relation {
  const values = answers.map(answer =>
    'cluster' in answer ? String(answer.cluster) : answer.prediction,
  )
  const type = values.some(value => typeof value === 'number') ? 'DOUBLE' : 'VARCHAR'
  const text = JSON.stringify(
    values.map(value => (typeof value === 'number' ? String(value) : value)),
  )
  const query = sql`select unnest(from_json(${text}, '["VARCHAR"]'))`
  return relation(
    type === 'DOUBLE'
      ? sql`select v::double as prediction from (${query}) t(v)`
      : sql`select v as prediction from (${query}) t(v)`,
    [{name: 'prediction', type, kind: kindOfType(type)}],
  )
}

export type Traffic = {
  batch: Batch
  answers: Answer[]
  /** Lines that could not be read, with their place; they are left out. */
  rejects: {where: string; reason: string}[]
}

/** All captured requests below a folder, or those of one file, as one batch. Both JSON and CSV are read. */
export async function readTraffic(path: string, wanted: Wanted): Promise<Traffic> {
  const batches: Batch[] = []
  const answers: Answer[] = []
  const rejects: Traffic['rejects'] = []
  for (const file of await filesBelow(path)) {
    const lines = (await onDisk(file, () => readFile(file, 'utf8'))).split('\n')
    for (const [i, line] of lines.entries()) {
      if (line === '') continue
      try {
        const {endpointInput, endpointOutput} = readRecord(line).captureData
        if (endpointInput)
          batches.push(readRequest(endpointInput.observedContentType, endpointInput.data, wanted))
        if (endpointOutput) answers.push(...readAnswers(endpointOutput))
      } catch (error) {
        rejects.push({where: `${file}:${i + 1}`, reason: (error as Error).message})
      }
    }
  }
  return {batch: joined(batches, wanted), answers, rejects}
}

const readRecord = (line: string): CaptureRecord => captureRecord.parse(JSON.parse(line))

async function filesBelow(path: string): Promise<string[]> {
  if (path.endsWith('.jsonl')) return [path]
  const entries = await onDisk(path, () => readdir(path, {recursive: true}))
  return entries
    .filter(name => name.endsWith('.jsonl'))
    .sort()
    .map(name => join(path, name))
}

type Side = NonNullable<CaptureRecord['captureData']['endpointOutput']>

/** The predictions alone: drift does not look at probabilities. */
function readAnswers({observedContentType, data}: Side): Answer[] {
  const {type, header} = mediaType(observedContentType)
  if (type === 'text/csv')
    return parseCsv(data)
      .slice(header ? 1 : 0)
      .map(([first = null]) => ({prediction: first}) as Answer)
  if (type === 'application/jsonlines')
    return data
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Answer)
  const {predictions} = JSON.parse(data) as {predictions?: Answer[]}
  if (!predictions) throw new AppError('bad-data', says`the captured answer has no predictions`)
  return predictions
}

function joined(batches: readonly Batch[], {inputs}: Wanted): Batch {
  const rows = batches.reduce((n, batch) => n + batch.rows, 0)
  const columns = inputs.map(({kind}, i) => {
    if (kind === 'category') return batches.flatMap(batch => batch.columns[i] as string[])
    const parts = batches.map(batch => batch.columns[i] as Float64Array | Float32Array)
    const size = parts.reduce((n, part) => n + part.length, 0)
    const values = kind === 'image' ? new Float32Array(size) : new Float64Array(size)
    let at = 0
    for (const part of parts) {
      values.set(part, at)
      at += part.length
    }
    return values
  })
  return {rows, columns}
}
