// Text encodings: telling them apart, and turning a file into UTF-8, which is what DuckDB reads.
import {isUtf8} from 'node:buffer'
import {createWriteStream} from 'node:fs'
import {pipeline} from 'node:stream/promises'
import type {Task} from '../../plugin.ts'
import {bytesOf, type Packing} from './bytes.ts'
import type {SourceFile} from './files.ts'

/** The encoding that a byte order mark or a pattern of zero bytes shows; else undefined. */
export function obviousEncoding(sample: Buffer): string | undefined {
  if (sample.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8'
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  // Most text has ASCII in it, every other byte of which is zero in UTF-16.
  const zeros = [0, 0]
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2]! += 1
  const half = sample.length / 2
  if (zeros[1]! > half * 0.4 && zeros[0]! < half * 0.1) return 'utf-16le'
  if (zeros[0]! > half * 0.4 && zeros[1]! < half * 0.1) return 'utf-16be'
  return undefined
}

/** True where bytes are no text: more than one in twenty is a control character; a few may be damage. */
export function looksBinary(sample: Buffer): boolean {
  let control = 0
  for (const byte of sample)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) control++
  return control > 2 + sample.length / 20
}

/** The label as TextDecoder takes it. */
export const labelOf = (encoding: string): string => {
  const label = encoding.toLowerCase()
  return label === 'latin-1' ? 'latin1' : label === 'utf-16' ? 'utf-16le' : label
}

/** What a file's bytes say about UTF-8: characters of several bytes that are right, and bytes that are not. */
export type Utf8Count = {right: number; wrong: number}

/** Counts over one piece; a character cut by the piece's end is left in `rest`. */
export function countUtf8(bytes: Buffer, count: Utf8Count): Buffer {
  let i = 0
  while (i < bytes.length) {
    const first = bytes[i]!
    if (first < 0x80) {
      i++
      continue
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    const last = Math.min(i + length, bytes.length)
    let end = i + 1
    while (end < last && (bytes[end]! & 0xc0) === 0x80) end++
    if (end === bytes.length && end < i + length && first >= 0xc2) return bytes.subarray(i)
    if (isUtf8(bytes.subarray(i, end))) count.right++
    else count.wrong++
    i = end
  }
  return Buffer.alloc(0)
}

/**
 * Which encoding a file has that is not clean UTF-8. Text in UTF-8 with some damage has far more right
 * characters than wrong bytes; a Windows-1252 file has next to none that happen to be right.
 */
export const guessEncoding = ({right, wrong}: Utf8Count): 'utf-8' | 'windows-1252' =>
  wrong > right ? 'windows-1252' : 'utf-8'

/** What the first part of a file tells. Damage further on shows only when all of it is read. */
export function sampleEncoding(sample: Buffer): string {
  const encoding = obviousEncoding(sample)
  if (encoding) return encoding
  const count = {right: 0, wrong: 0}
  countUtf8(sample, count)
  return guessEncoding(count)
}

/** Reads the whole file to decide. */
export async function encodingOf(file: SourceFile, packing: Packing, task: Task) {
  const count = {right: 0, wrong: 0}
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of bytesOf(file, packing, task))
    rest = countUtf8(rest.length ? Buffer.concat([rest, part]) : part, count)
  if (rest.length) count.wrong++
  return guessEncoding(count)
}

/** Writes the file as UTF-8, unpacked, without its byte order mark. Bytes that fit no character become U+FFFD. */
export async function writeUtf8(
  file: SourceFile,
  packing: Packing,
  encoding: string,
  out: string,
  task: Task,
): Promise<void> {
  const decoder = new TextDecoder(labelOf(encoding))
  async function* text() {
    for await (const part of bytesOf(file, packing, task))
      yield decoder.decode(part, {stream: true})
    yield decoder.decode()
  }
  await pipeline(text, createWriteStream(out), {signal: task.signal})
}
