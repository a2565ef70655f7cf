/**
 * Messages with what JSON cannot say, for wires that carry text and bytes.
 *
 * A message that JSON can say is its JSON text. For another that text is a header around it, {message, at, sizes,
 * numbers}: in `message`, null stands where something else belongs. `at` has the path to each place of bytes, `sizes`
 * the number of bytes that go there, and `numbers` the path to each NaN and infinity, with its name. With bytes it is a
 * frame, little-endian:
 *
 *     4 bytes   "BNC1"
 *     4 bytes   length of the header in bytes
 *     header    JSON, UTF-8
 *     bytes     one block after the other
 *
 * The header and each block are filled up with zeros to a multiple of eight, so that Arrow can look at the
 * blocks as wider numbers without copying them. Paths, not marked placeholders: no JSON value is special.
 */

import {AppError} from '../error.ts'
import {says, verbatim} from '../words/says.ts'
import {checked, type Message} from './message.ts'

/** The most bytes that one message may have, either way. */
export const largest = 64 * 2 ** 20
/** The most blocks of bytes in one message. */
const mostBlocks = 1000
const magic = 0x31434e42

type Path = (string | number)[]
/** The numbers that JSON has no text for. */
const names = ['NaN', 'Infinity', '-Infinity']
/** A message as text, and the bytes that were lifted out of it. `text` alone is JSON when there are none. */
export type Packed = {text: string; blocks: Uint8Array[]}

/**
 * What travels as one WebSocket message: text, or bytes when there is binary in it.
 * Throws `bad-request` when it would be larger than `largest`.
 */
export function toFrame(message: Message): string | Uint8Array<ArrayBuffer> {
  const {text, blocks} = pack(message)
  return blocks.length === 0 ? text : join(new TextEncoder().encode(text), blocks)
}

/** The message of a frame. Throws `bad-request` for one that is torn, lies about its lengths, or is no message. */
export function fromFrame(frame: string | Uint8Array): Message {
  return typeof frame === 'string' ? unpack({text: frame, blocks: []}) : unpack(split(frame))
}

/** Lifts the binary out of a message. Throws `bad-request` when it is larger than `largest`. */
export function pack(message: Message): Packed {
  const at: Path[] = []
  const blocks: Uint8Array[] = []
  const numbers: [Path, string][] = []
  const lifted = lift(message, [], (path, value) => {
    if (typeof value === 'number') return numbers.push([path, String(value)])
    at.push(path)
    return blocks.push(value)
  })
  const sizes = blocks.map(block => block.byteLength)
  const header = {message: lifted, at, sizes, ...(numbers.length > 0 && {numbers})}
  const text = JSON.stringify(lifted === message ? message : header)
  const bytes = sizes.reduce((sum, size) => sum + size, utf8Length(text))
  if (bytes > largest || blocks.length > mostBlocks)
    throw new AppError('bad-request', says`the message is too large to send: ${bytes} bytes`, {
      hint: says`ask for fewer rows or columns at a time`,
    })
  return {text, blocks}
}

/** Puts back what was lifted. The blocks are not copied. Throws `bad-request` when text and blocks do not fit. */
export function unpack({text, blocks}: Packed): Message {
  const header = parse(text)
  if (blocks.length === 0 && !isHeader(header)) return checked(header)
  const {message, at, sizes, numbers} = headerOf(header, blocks.length)
  for (const [i, block] of blocks.entries()) {
    if (block.byteLength !== sizes[i]) throw bad('a block of bytes has another length than it says')
    place(message, at[i]!, block)
  }
  for (const [path, name] of numbers) place(message, path, Number(name))
  return checked(message)
}

type Found = (path: Path, value: Uint8Array | number) => void

/** A copy of the plain objects and arrays on the way to each Uint8Array and lost number, with null in its place. */
function lift(value: unknown, path: Path, found: Found): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    found(path, value)
    return null
  }
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    // A Buffer of Node calls itself a Uint8Array too.
    const kind = String((value as Uint8Array)[Symbol.toStringTag])
    if (kind !== 'Uint8Array') throw bad(`a ${kind} cannot be sent, only a Uint8Array`)
    found(path, value as Uint8Array)
    return null
  }
  const proto = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && proto !== Object.prototype && proto !== null) return value
  let copy: Record<string | number, unknown> | undefined
  for (const [key, inner] of Object.entries(value)) {
    const lifted = lift(inner, [...path, Array.isArray(value) ? Number(key) : key], found)
    if (lifted === inner) continue
    copy ??= (Array.isArray(value) ? [...value] : {...value}) as Record<string | number, unknown>
    copy[key] = lifted
  }
  return copy ?? value
}

function place(message: unknown, path: Path, value: Uint8Array | number) {
  let target = message
  for (const [i, key] of path.entries()) {
    // Own properties only: a path never leads into a prototype.
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key))
      throw bad('a path to what JSON cannot say leads nowhere')
    const holder = target as Record<string | number, unknown>
    if (i < path.length - 1) target = holder[key]
    else if (holder[key] === null) holder[key] = value
    else throw bad('what JSON cannot say has no place of its own')
  }
}

type Header = {message: unknown; at: Path[]; sizes: number[]; numbers: [Path, string][]}

/** A message has an id, and the header of one has not. */
const isHeader = (value: unknown) =>
  typeof value === 'object' && value !== null && 'message' in value && !('id' in value)

function headerOf(header: unknown, count?: number): Header {
  const {message, at, sizes, numbers = []} = (header ?? {}) as Partial<Header>
  const fits =
    Array.isArray(at) &&
    Array.isArray(sizes) &&
    Array.isArray(numbers) &&
    at.length === sizes.length &&
    sizes.length + numbers.length > 0 &&
    sizes.length <= mostBlocks &&
    (count === undefined || sizes.length === count) &&
    sizes.every(size => Number.isSafeInteger(size) && size >= 0) &&
    at.every(isPath) &&
    numbers.every(pair => Array.isArray(pair) && isPath(pair[0]) && names.includes(pair[1]))
  if (!fits) throw bad('the header of the frame is not one')
  return {message, at, sizes, numbers}
}

const isPath = (path: unknown) => Array.isArray(path) && path.length > 0 && path.every(isKey)
const isKey = (key: unknown) => typeof key === 'string' || Number.isSafeInteger(key)

const padded = (length: number) => Math.ceil(length / 8) * 8

function join(header: Uint8Array, blocks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const start = padded(8 + header.byteLength)
  const size = blocks.reduce((sum, block) => sum + padded(block.byteLength), start)
  const frame = new Uint8Array(size)
  const view = new DataView(frame.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, header.byteLength, true)
  frame.set(header, 8)
  let at = start
  for (const block of blocks) {
    frame.set(block, at)
    at += padded(block.byteLength)
  }
  return frame
}

function split(given: Uint8Array): Packed {
  if (given.byteLength > largest + 2 ** 20) throw bad(`a frame of ${given.byteLength} bytes`)
  // A socket may hand over a piece of a larger buffer that begins anywhere: then it is copied. Never with its
  // own `slice`, since that of a Buffer copies nothing.
  const {buffer, byteOffset, byteLength} = given
  const frame =
    byteOffset % 8 === 0 ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(given)
  if (frame.byteLength < 8) throw bad('the frame is cut short')
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== magic) throw bad('the frame does not begin as one')
  const length = view.getUint32(4, true)
  if (8 + length > frame.byteLength) throw bad('the frame is cut short')
  const text = decode(frame.subarray(8, 8 + length))
  const {sizes} = headerOf(parse(text))
  let at = padded(8 + length)
  // Added up before anything is cut out: a sum that does not fit is noticed whichever length lies.
  const end = sizes.reduce((sum, size) => sum + padded(size), at)
  if (end !== frame.byteLength)
    throw bad(`the frame has ${frame.byteLength} bytes where its header says ${end}`)
  const blocks = sizes.map(size => {
    const block = frame.subarray(at, at + size)
    at += padded(size)
    return block
  })
  return {text, blocks}
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    throw bad('the header of the frame is not UTF-8')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw bad('a message is not JSON')
  }
}

function utf8Length(text: string): number {
  // Exact only where it matters.
  return text.length * 3 <= largest ? text.length : new TextEncoder().encode(text).byteLength
}

// Between programs; no person's doing leads here.
const bad = (message: string) => new AppError('bad-request', verbatim(message))
