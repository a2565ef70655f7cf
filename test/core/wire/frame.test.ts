import fc from 'fast-check'
import {expect, test} from 'vitest'
import {AppError} from '../../../core/error.ts'
import {fromFrame, largest, toFrame} from '../../../core/wire/frame.ts'
import type {Message} from '../../../core/wire/message.ts'

const json = (message: unknown): string => JSON.stringify(message)
/** JSON with bytes, NaN and infinities anywhere in it. JSON has no -0, and a property of `__proto__` is like any other. */
const output = fc.letrec(tie => ({
  value: fc.oneof(
    {maxDepth: 4},
    fc.jsonValue({maxDepth: 1}),
    fc.uint8Array({maxLength: 40}).map(b => new Uint8Array(b)),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(fc.string(), tie('value'), {maxKeys: 4, noNullPrototype: true}),
  ),
})).value
const message = fc.record({id: fc.nat(), output}) as fc.Arbitrary<Message>
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, v) =>
      v instanceof Uint8Array
        ? {bytes: [...v]}
        : typeof v === 'number' && !Number.isFinite(v)
          ? {number: String(v)}
          : v,
    ),
  )

test('a message with bytes and any number anywhere in it arrives as it was sent, and the sender’s own is left alone', () => {
  fc.assert(
    fc.property(message, sent => {
      const before = json(plain(sent))
      const got = fromFrame(toFrame(sent))
      expect(plain(got)).toEqual(plain(sent))
      expect(json(plain(sent))).toBe(before)
    }),
  )
})

test('a message without bytes is its JSON text', () => {
  const sent = {id: 1, output: {at: [['output']], sizes: [1], text: 'é'}}
  expect(toFrame(sent)).toBe(json(sent))
  expect(fromFrame(json(sent))).toEqual(sent)
})

test('NaN and infinities travel as text where there are no bytes, and null stays null', () => {
  const sent = {id: 1, output: {a: Number.NaN, b: [1, Number.NEGATIVE_INFINITY, null], c: null}}
  const frame = toFrame(sent)
  expect(typeof frame).toBe('string')
  expect(fromFrame(frame)).toEqual(sent)
  const header = (numbers: unknown) =>
    json({message: {id: 1, output: {a: null, b: 1}}, at: [], sizes: [], numbers})
  expect(fromFrame(header([[['output', 'a'], 'Infinity']]))).toEqual({
    id: 1,
    output: {a: Number.POSITIVE_INFINITY, b: 1},
  })
  // Neither another value, nor another place, nor a way into a prototype.
  for (const numbers of [
    [[['output', 'a'], '7']],
    [[['output', 'b'], 'NaN']],
    [[['output', '__proto__', 'x'], 'NaN']],
    [[[], 'NaN']],
    [],
    'NaN',
  ])
    expect(() => fromFrame(header(numbers))).toThrow(AppError)
})

test('bytes are aligned for Arrow, and are looked at rather than copied', () => {
  const sent = {id: 7, output: [new Uint8Array(3), new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9])]}
  const frame = toFrame(sent) as Uint8Array<ArrayBuffer>
  const {output: blocks} = fromFrame(frame) as unknown as {output: Uint8Array[]}
  for (const block of blocks) {
    expect(block.buffer).toBe(frame.buffer)
    expect(block.byteOffset % 8).toBe(0)
  }
  // As a socket may hand it over: at an odd place of a larger buffer.
  const shifted = new Uint8Array(frame.byteLength + 3)
  shifted.set(frame, 3)
  const got = fromFrame(shifted.subarray(3)) as unknown as {output: Uint8Array[]}
  expect(got.output.map(b => [...b])).toEqual(sent.output.map(b => [...b]))
  for (const block of got.output) expect(block.byteOffset % 8).toBe(0)
})

test('a torn or tampered frame is refused with a clear error, or is a message all the same', () => {
  const damage = fc.record({
    cut: fc.option(fc.nat(), {nil: undefined}),
    flips: fc.array(fc.record({at: fc.nat(), to: fc.nat(255)}), {maxLength: 4}),
    more: fc.uint8Array({maxLength: 9}),
  })
  let refused = 0
  fc.assert(
    fc.property(message, damage, (sent, {cut, flips, more}) => {
      const whole = toFrame({...sent, output: [sent, new Uint8Array(9)]} as never) as Uint8Array
      const frame = new Uint8Array([
        ...whole.subarray(0, cut === undefined ? whole.length : cut % whole.length),
        ...more,
      ])
      for (const {at, to} of flips) frame[at % frame.length] = to
      try {
        expect(Number.isSafeInteger(fromFrame(frame).id)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        expect((error as AppError).code).toBe('bad-request')
        refused++
      }
    }),
    {numRuns: 1000},
  )
  expect(refused).toBeGreaterThan(300)
})

/** A frame with a header of one's own. */
function forged(header: unknown, body: number, magic = 'BNC1'): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : json(header))
  const start = Math.ceil((8 + text.length) / 8) * 8
  const frame = new Uint8Array(start + body)
  frame.set(new TextEncoder().encode(magic))
  new DataView(frame.buffer).setUint32(4, text.length, true)
  frame.set(text, 8)
  return frame
}
const at = [['output']]
const sent = {id: 1, output: null}

test.each<[string, string | Uint8Array, RegExp]>([
  ['nothing', new Uint8Array(0), /cut short/],
  ['another beginning', forged({message: sent, at, sizes: [8]}, 8, 'PK34'), /does not begin/],
  [
    'a header that is longer than the frame',
    new Uint8Array([66, 78, 67, 49, 255, 255, 255, 255]),
    /cut short/,
  ],
  ['a header that is no JSON', forged('{', 0), /not JSON/],
  ['a header that is null', forged('null', 0), /not one/],
  ['no bytes at all', forged({message: sent, at: [], sizes: []}, 0), /not one/],
  ['a length that is too large', forged({message: sent, at, sizes: [64]}, 8), /says/],
  ['a length that is too small', forged({message: sent, at, sizes: [8]}, 24), /says/],
  ['a length below zero', forged({message: sent, at, sizes: [-8]}, 8), /not one/],
  ['a length that is no number', forged({message: sent, at, sizes: ['8']}, 8), /not one/],
  [
    'lengths that overflow',
    forged({message: sent, at: [...at, ...at], sizes: [2 ** 53 - 1, 8]}, 8),
    /says/,
  ],
  ['a path that leads nowhere', forged({message: sent, at: [['input']], sizes: [8]}, 8), /nowhere/],
  [
    'a path into a prototype',
    forged({message: sent, at: [['__proto__', 'x']], sizes: [8]}, 8),
    /nowhere/,
  ],
  ['a path to something else', forged({message: {id: 1, output: 5}, at, sizes: [8]}, 8), /place/],
  [
    'two blocks at one place',
    forged({message: sent, at: [...at, ...at], sizes: [8, 8]}, 16),
    /place/,
  ],
  ['bytes in place of the message', forged({message: null, at: [[]], sizes: [8]}, 8), /not one/],
  ['text that is no JSON', '{"id": 1, ', /not JSON/],
  ['JSON that is no message', 'null', /not a message/],
  ['a call without a name', '{"id": 1, "call": 5}', /not a message/],
  ['an id that is no number', '{"id": "1", "cancel": true}', /not a message/],
])('%s is refused', (_, frame, reason) => {
  expect(() => fromFrame(frame)).toThrowError(
    expect.objectContaining({code: 'bad-request', message: expect.stringMatching(reason)}),
  )
})

test('what is too large, or no plain data, is not sent', () => {
  const big = {id: 1, output: new Uint8Array(largest + 1)}
  expect(() => toFrame(big)).toThrowError(expect.objectContaining({code: 'bad-request'}))
  expect(() => toFrame({id: 1, output: {x: new Float32Array(2)}})).toThrowError(/Float32Array/)
  expect(() => toFrame({id: 1, output: 'é'.repeat(largest / 2 + 1)})).toThrowError(/too large/)
})
