// PNG and JPEG files to pixels, with a check of what a file claims before memory is taken for it.
import {inflateSync} from 'node:zlib'
import jpeg from 'jpeg-js'
import {PNG} from 'pngjs'
import {AppError} from '../error.ts'
import {type Phrase, says, verbatim} from '../words/says.ts'
import {orientationOf, upright} from './orientation.ts'

/** Red, green, blue and opacity of each pixel, 0 to 255, row by row from the top left. */
export type Picture = {width: number; height: number; rgba: Uint8Array}

/** Larger pictures are refused: this many pixels take 200 MB while they are decoded. */
export const mostPixels = 50_000_000

/**
 * Decodes by the first bytes, whatever the file is called. Sixteen bits a channel become eight; a JPEG is turned the
 * way its camera was held.
 * Throws `bad-data`, with the reason alone as its message, for what is neither or broken, and for what claims
 * to be larger than `mostPixels`.
 */
export function decodeImage(bytes: Uint8Array): Picture {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (buffer.subarray(0, 8).equals(pngMark)) return decodePng(buffer)
    if (buffer[0] === 0xff && buffer[1] === 0xd8) return decodeJpeg(buffer)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const {message} = cause as Error
    // What pngjs says of a file that ends in the middle.
    const reason = message.startsWith('There are some read requests')
      ? says`it is cut off`
      : verbatim(message)
    throw broken(says`broken: ${reason}`, cause)
  }
  throw broken(bytes.length === 0 ? says`the file is empty` : says`neither a PNG nor a JPEG file`)
}

const broken = (message: Phrase, cause?: unknown) => new AppError('bad-data', message, {cause})

const pngMark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function decodePng(buffer: Buffer): Picture {
  if (buffer.length < 33 || buffer.toString('latin1', 12, 16) !== 'IHDR')
    throw broken(says`broken: the PNG has no header`)
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)]
  refuseLarge(width, height)
  const interlaced = buffer[28] !== 0
  // pngjs inflates other files up to what the header says, and these without an end.
  if (interlaced) inflateSync(pixelData(buffer), {maxOutputLength: 8 * (width + 2) * (height + 8)})
  const {data} = PNG.sync.read(buffer)
  return {width, height, rgba: data}
}

/** The IDAT chunks of a PNG file, put together. */
function pixelData(buffer: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at)
    if (buffer.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(buffer.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return Buffer.concat(parts)
}

function decodeJpeg(buffer: Buffer): Picture {
  const {width, height, data, ...rest} = jpeg.decode(buffer, {
    useTArray: true,
    tolerantDecoding: false,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: 1024,
  })
  // Its types leave this out.
  const {exifBuffer} = rest as {exifBuffer?: Uint8Array}
  return upright({width, height, rgba: data}, orientationOf(exifBuffer))
}

function refuseLarge(width: number, height: number) {
  if (width === 0 || height === 0) throw broken(says`broken: the PNG has no pixels`)
  if (width * height > mostPixels)
    throw broken(
      says`${width} × ${height} pixels are more than the ${mostPixels / 1e6} million that are read`,
    )
}
