// Pixels as a PNG file, and as the text that a request carries.
import {PNG} from 'pngjs'
import type {ImageShape} from '../schema/image.ts'

/** A PNG file of an image's pixels, which lie row by row, channels together. Nothing is lost. */
export function encodePng(pixels: Uint8Array, {width, height, channels}: ImageShape): Buffer {
  const colorType = channels === 1 ? 0 : 2
  const png = new PNG({width, height, colorType, inputColorType: colorType, inputHasAlpha: false})
  png.data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return PNG.sync.write(png, {colorType, inputColorType: colorType, inputHasAlpha: false})
}

/** The same as a data URL. */
export const pngUrl = (pixels: Uint8Array, shape: ImageShape): string =>
  `data:image/png;base64,${encodePng(pixels, shape).toString('base64')}`
