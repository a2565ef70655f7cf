// The golden check: a bundle, started for real, must give the answers that the app gave.
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {AppError} from '../error.ts'
import {onDisk} from '../files.ts'
import type {Task} from '../plugin.ts'
import {type GoldenRow, goldenRow} from '../schema/bundle.ts'
import {type Phrase, progressOf, says} from '../words/says.ts'
import {type Line, openLine} from './ask.ts'
import {verifyBundle} from './bundle.ts'
import {startBundle} from './client.ts'

export type GoldenCheck = {
  rows: number
  mismatches: number
  /** Time from request to answer of one row over loopback HTTP, in milliseconds. */
  p50_ms: number
  p95_ms: number
  /** From starting the process to listening, in milliseconds. */
  start_ms: number
}

/** How far numbers may differ, absolute and relative: the app computes features in DuckDB, the bundle in ONNX. */
export const tolerance = 1e-6

/**
 * Starts the bundle's server, sends each golden row alone and then all at once, and stops it again.
 * Errors: `golden-mismatch` naming the first rows that differ; `damaged` where a file is not as packaged;
 * `crashed` where the server does not start; `cancelled` by `signal`.
 */
export async function checkGolden(
  folder: string,
  {signal, tell}: Partial<Task> = {},
): Promise<GoldenCheck> {
  await verifyBundle(folder)
  const rows = await readGolden(folder)
  const began = performance.now()
  tell?.(progressOf(says`starting the server of the bundle`, {done: 0}))
  const server = await startBundle(folder, {signal})
  const start_ms = performance.now() - began
  const line = openLine(`${server.url}/invocations`, {signal})
  try {
    const wrong: Mismatch[] = []
    const times: number[] = []
    for (const [i, {input, answer}] of rows.entries()) {
      const sent = performance.now()
      const [got] = await invoke(line, [input])
      times.push(performance.now() - sent)
      const difference = differs(answer, got)
      if (difference) wrong.push({row: i + 1, input, difference})
      tell?.(progressOf(says`row ${i + 1} of ${rows.length}`, {done: (i + 1) / (rows.length + 1)}))
    }
    const together = await invoke(
      line,
      rows.map(row => row.input),
    )
    for (const [i, {input, answer}] of rows.entries()) {
      const difference = differs(answer, together[i])
      if (difference && !wrong.some(w => w.row === i + 1))
        wrong.push({row: i + 1, input, difference: says`${difference} (sent together)`})
    }
    if (wrong.length > 0) throw mismatch(wrong, rows.length, folder)
    tell?.(progressOf(says`${rows.length} golden rows agree`, {done: 1}))
    times.sort((a, b) => a - b)
    const quantile = (q: number) => times[Math.min(times.length - 1, Math.floor(q * times.length))]!
    return {
      rows: rows.length,
      mismatches: 0,
      p50_ms: quantile(0.5),
      p95_ms: quantile(0.95),
      start_ms,
    }
  } finally {
    line.close()
    await server.stop()
  }
}

/** The golden rows of a bundle; at least one. */
export async function readGolden(folder: string): Promise<GoldenRow[]> {
  const file = join(folder, 'golden.jsonl')
  const text = await onDisk(file, () => readFile(file, 'utf8'))
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map(line => goldenRow.parse(JSON.parse(line)))
  if (rows.length === 0)
    throw new AppError('damaged', says`the bundle has no golden rows to be checked by`, {
      where: file,
    })
  return rows
}

async function invoke(line: Line, rows: readonly unknown[]): Promise<unknown[]> {
  const body = (await line.ask({rows})) as {predictions?: unknown[]; error?: unknown}
  // A refusal is an answer that differs, and its words say how.
  return body.predictions ?? rows.map(() => body)
}

type Mismatch = {row: number; input: unknown; difference: Phrase}

function mismatch(wrong: readonly Mismatch[], rows: number, folder: string) {
  const shown = wrong
    .slice(0, 3)
    .map(({row, input, difference}) => says`row ${row}: ${difference}; sent ${brief(input)}`)
    .reduce((above, next) => says`${above}\n${next}`)
  return new AppError(
    'golden-mismatch',
    says`the bundle answers ${wrong.length} of ${rows} golden rows differently\n${shown}`,
    {
      hint: says`a step computes something else in the bundle than in the document; leave out the last steps one by one to find it`,
      where: join(folder, 'golden.jsonl'),
    },
  )
}

/** Where two answers differ: exactly for text, beyond the tolerance for numbers. */
export function differs(wanted: unknown, got: unknown, path = 'answer'): Phrase | undefined {
  if (typeof wanted === 'number' && typeof got === 'number') {
    const far = Math.abs(wanted - got) > tolerance * Math.max(1, Math.abs(wanted))
    return far ? says`${path} is ${got}, not ${wanted}` : undefined
  }
  if (!isRecord(wanted) || !isRecord(got))
    return wanted === got ? undefined : says`${path} is ${brief(got)}, not ${brief(wanted)}`
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    const found = differs(wanted[key], got[key], path === 'answer' ? key : `${path}.${key}`)
    if (found) return found
  }
  return undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const brief = (value: unknown) => JSON.stringify(value)?.slice(0, 300) ?? says`nothing`
