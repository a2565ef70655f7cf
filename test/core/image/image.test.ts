import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {deflateSync} from 'node:zlib'
import {PNG} from 'pngjs'
import {expect, test} from 'vitest'
import {decodeImage, mostPixels} from '../../../core/image/decode.ts'
import {encodePng} from '../../../core/image/encode.ts'
import {fitImage} from '../../../core/image/fit.ts'
import {imageShape, imageType, pixelNames} from '../../../core/schema/image.ts'
import {greyPng, plainJpeg} from '../../support/images.ts'

const grey = (width: number, height: number) => ({width, height, channels: 1}) as const
const colour = (width: number, height: number) => ({width, height, channels: 3}) as const

test('an image column says its shape in its type, and gives each number a name', () => {
  for (const shape of [grey(28, 20), colour(3, 64)])
    expect(imageShape(imageType(shape))).toEqual(shape)
  for (const type of ['UTINYINT[28]', 'FLOAT[2][2]', 'UTINYINT[4][2][2]', 'UTINYINT[][]', 'BLOB'])
    expect(imageShape(type)).toBe(undefined)
  expect(pixelNames('i', grey(2, 2))).toEqual(['i[0,0]', 'i[0,1]', 'i[1,0]', 'i[1,1]'])
  expect(pixelNames('i', colour(1, 2)).slice(2, 4)).toEqual(['i[0,0,2]', 'i[1,0,0]'])
})

test('a PNG file gives back the pixels that it was made of, grey and in colour', () => {
  for (const shape of [grey(5, 3), colour(3, 4)]) {
    const pixels = Uint8Array.from({length: 60}, (_, i) => (i * 37) % 256).subarray(
      0,
      shape.width * shape.height * shape.channels,
    )
    expect(fitImage(decodeImage(encodePng(pixels, shape)), shape)).toEqual(pixels)
  }
})

test('a JPEG file is told by its bytes, and gives nearly its colour', () => {
  const [r, g, b] = fitImage(decodeImage(plainJpeg(20, 10, [200, 100, 50])), colour(1, 1))
  for (const [value, wanted] of [
    [r, 200],
    [g, 100],
    [b, 50],
  ])
    expect(Math.abs(value! - wanted!)).toBeLessThan(4)
})

test('what is transparent shows white, and grey is the luma of BT.601', () => {
  const png = new PNG({width: 3, height: 1})
  png.data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 255, 0, 255, 0, 255])
  const picture = decodeImage(PNG.sync.write(png))
  expect([...fitImage(picture, grey(3, 1))]).toEqual([255, 0, Math.round(0.587 * 255)])
  expect([...fitImage(picture, colour(3, 1))]).toEqual([255, 255, 255, 0, 0, 0, 0, 255, 0])
})

test('an image is scaled as Pillow does it: a mean when shrinking, bilinear when growing', () => {
  const ramp = decodeImage(greyPng([[0, 40, 80, 120, 160, 200]]))
  // The triangle reaches two source pixels to each side of a target twice as wide.
  const half = (a: number, b: number, c: number, d: number) => (a + 3 * b + 3 * c + d) / 8
  expect([...fitImage(ramp, grey(3, 1))]).toEqual([
    Math.round((3 * 0 + 3 * 40 + 80) / 7),
    half(40, 80, 120, 160),
    Math.round((120 + 3 * 160 + 3 * 200) / 7),
  ])
  const two = decodeImage(greyPng([[0, 100]]))
  expect([...fitImage(two, grey(4, 2))]).toEqual([0, 25, 75, 100, 0, 25, 75, 100])
  // Upright and lying give the same.
  const upright = decodeImage(greyPng([[0], [40], [80], [120], [160], [200]]))
  expect(fitImage(upright, grey(1, 3))).toEqual(fitImage(ramp, grey(3, 1)))
})

test('a file that claims a huge size is refused before memory is taken for it', () => {
  const png = greyPng([[1, 2]])
  png.writeUInt32BE(100_000, 16)
  png.writeUInt32BE(100_000, 20)
  expect(() => decodeImage(png)).toThrow(
    `100,000 × 100,000 pixels are more than the ${mostPixels / 1e6} million that are read`,
  )
  const jpeg = Buffer.from(plainJpeg(8, 8, [1, 2, 3]))
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(65_000, frame + 5)
  jpeg.writeUInt16BE(65_000, frame + 7)
  expect(() => decodeImage(jpeg)).toThrow(/broken: maxResolutionInMP/)
})

/** A PNG chunk. */
function chunk(type: string, data: Buffer): Buffer {
  const made = Buffer.alloc(12 + data.length)
  made.writeUInt32BE(data.length, 0)
  made.write(type, 4, 'latin1')
  data.copy(made, 8)
  // The checksum is not what is tested; a wrong one would be told first.
  made.writeUInt32BE(crc(made.subarray(4, 8 + data.length)), 8 + data.length)
  return made
}

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) {
    c ^= byte
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  }
  return (c ^ 0xffffffff) >>> 0
}

/** An interlaced grey PNG of this size, with these bytes as its pixel data. */
function interlaced(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 1], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('an interlaced file is read, and refused where it inflates to more than its header says', () => {
  // One pixel is the first pass alone: a filter byte and a grey.
  const one = decodeImage(interlaced(1, 1, Buffer.from([0, 77])))
  expect([...one.rgba]).toEqual([77, 77, 77, 255])
  expect(() => decodeImage(interlaced(1, 1, Buffer.alloc(50_000_000)))).toThrow(/^broken: /)
})

test('what is cut off, empty, or no image is refused with the reason', () => {
  const png = greyPng(Array.from({length: 40}, (_, y) => Array.from({length: 40}, (_, x) => x * y)))
  expect(() => decodeImage(png.subarray(0, 200))).toThrow(/^broken: /)
  expect(() => decodeImage(png.subarray(0, 20))).toThrow('broken: the PNG has no header')
  expect(() => decodeImage(plainJpeg(64, 64, [9, 9, 9]).subarray(0, 300))).toThrow(/^broken: /)
  expect(() => decodeImage(Buffer.alloc(0))).toThrow('the file is empty')
  expect(() => decodeImage(Buffer.from('GIF89a'))).toThrow('neither a PNG nor a JPEG file')
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a photo that a camera stored in orientation %i is seen as Pillow turns it',
  async orientation => {
    const read = (ending: string) =>
      readFile(join(import.meta.dirname, 'orientation', `${orientation}.${ending}`))
    const [own, theirs] = [decodeImage(await read('jpg')), decodeImage(await read('png'))]
    expect([own.width, own.height]).toEqual([24, 16])
    expect([theirs.width, theirs.height]).toEqual([24, 16])
    // Two decoders of JPEG may differ by a few steps; a corner in another place differs by two hundred.
    const furthest = own.rgba.reduce((far, v, i) => Math.max(far, Math.abs(v - theirs.rgba[i]!)), 0)
    expect(furthest).toBeLessThanOrEqual(4)
  },
)

test('an orientation that cannot be read leaves a photo as it is stored', async () => {
  const photo = await readFile(join(import.meta.dirname, 'orientation', '6.jpg'))
  const at = photo.indexOf('Exif') + 6
  const stored = [16, 24]
  // No such orientation; a directory beyond the end; a header of zeros.
  for (const [place, value] of [
    [at + 19, 9],
    [at + 4, 0xff],
    [at, 0],
  ] as const) {
    const torn = Buffer.from(photo)
    torn[place] = value
    if (value === 0) torn.fill(0, at, at + 26)
    const {width, height} = decodeImage(torn)
    expect([width, height]).toEqual(stored)
  }
})
