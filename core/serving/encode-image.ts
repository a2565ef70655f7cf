// An image in a request: a file as base64 text, which is scaled as the training images were, or its pixels.
import {AppError, messageOf} from '../error.ts'
import {decodeImage} from '../image/decode.ts'
import {fitImage} from '../image/fit.ts'
import {type ImageShape, pixelsOf, shapeWords} from '../schema/image.ts'
import {type Phrase, says} from '../words/says.ts'

/**
 * The pixels, 0 to 255; undefined for what is no form of an image. Text may be a data URL or base64 alone; lists
 * are rows of pixels, in colour each a list of three. Throws `bad-request` for a file that cannot be decoded,
 * and for pixels of another shape.
 */
export function readImage(
  value: unknown,
  shape: ImageShape,
  where: string,
): ArrayLike<number> | undefined {
  if (Array.isArray(value)) return ofPixels(value, shape, where)
  return typeof value === 'string' ? ofFile(value, shape, where) : undefined
}

function ofFile(text: string, shape: ImageShape, where: string): Uint8Array {
  const base64 = text.replace(/^data:[^,]*,/, '').trim()
  try {
    return fitImage(decodeImage(Buffer.from(base64, 'base64')), shape)
  } catch (cause) {
    throw new AppError('bad-request', says`the image cannot be read: ${messageOf(cause)}`, {
      hint: says`send a PNG or JPEG file as base64 text`,
      where,
      cause,
    })
  }
}

function ofPixels(value: unknown[], shape: ImageShape, where: string): Float32Array {
  const {width, height, channels} = shape
  const pixels = new Float32Array(pixelsOf(shape))
  let n = 0
  const put = (given: unknown, sizes: readonly number[]) => {
    const [size, ...rest] = sizes
    if (size === undefined) {
      if (typeof given !== 'number' || !Number.isInteger(given) || given < 0 || given > 255)
        throw wrong(says`a pixel is ${JSON.stringify(given)?.slice(0, 40)}`)
      pixels[n++] = given
      return
    }
    if (!Array.isArray(given) || given.length !== size)
      throw wrong(
        Array.isArray(given) ? says`a list has ${given.length} values` : says`a list is missing`,
      )
    for (const one of given) put(one, rest)
  }
  const wrong = (what: Phrase) =>
    new AppError('bad-request', says`the image is not ${shapeWords(shape)}: ${what}`, {
      hint:
        channels === 3
          ? says`send ${height} lists of ${width} lists of 3 whole numbers from 0 to 255, or a PNG or JPEG file as base64 text`
          : says`send ${height} lists of ${width} whole numbers from 0 to 255, or a PNG or JPEG file as base64 text`,
      where,
    })
  put(value, channels === 3 ? [height, width, channels] : [height, width])
  return pixels
}
