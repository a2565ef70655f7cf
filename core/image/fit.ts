// A picture in the shape that a table's images have: over white, in grey or colour, scaled.
import {type ImageShape, pixelsOf} from '../schema/image.ts'
import type {Picture} from './decode.ts'

/**
 * The pixels of a picture in a shape, row by row, channels together. What is transparent shows white; grey is
 * the luma of ITU-R BT.601, as Pillow's `L`. Scaled by a triangle as wide as a source or a target pixel,
 * whichever is wider: bilinear when growing, a mean when shrinking, as Pillow's `BILINEAR`; sides are
 * stretched, each for itself.
 */
export function fitImage({width, height, rgba}: Picture, shape: ImageShape): Uint8Array {
  const {channels} = shape
  const values = channels === 1 ? grey(rgba) : colours(rgba)
  const across = resample(values, {lines: height, from: width, to: shape.width, step: channels})
  // Now each column is a line of its own, so the rows are turned into steps.
  const row = shape.width * channels
  const down = resample(across, {lines: 1, from: height, to: shape.height, step: row})
  const pixels = new Uint8Array(pixelsOf(shape))
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(down[i]!)
  return pixels
}

function grey(rgba: Uint8Array): Float32Array {
  const values = new Float32Array(rgba.length / 4)
  for (let i = 0; i < values.length; i++) {
    const [r, g, b, a] = [rgba[4 * i]!, rgba[4 * i + 1]!, rgba[4 * i + 2]!, rgba[4 * i + 3]!]
    values[i] = ((0.299 * r + 0.587 * g + 0.114 * b) * a) / 255 + 255 - a
  }
  return values
}

function colours(rgba: Uint8Array): Float32Array {
  const values = new Float32Array((rgba.length / 4) * 3)
  for (let i = 0; i < rgba.length / 4; i++) {
    const a = rgba[4 * i + 3]!
    for (let c = 0; c < 3; c++) values[3 * i + c] = (rgba[4 * i + c]! * a) / 255 + 255 - a
  }
  return values
}

type Axis = {lines: number; from: number; to: number; step: number}

/** Each of `lines` runs of `from` points, of `step` numbers each, as `to` points. */
function resample(values: Float32Array, {lines, from, to, step}: Axis): Float32Array {
  if (from === to) return values
  const made = new Float32Array(lines * to * step)
  const scale = from / to
  const reach = Math.max(scale, 1)
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale
    const first = Math.max(0, Math.floor(centre - reach))
    const end = Math.min(from, Math.ceil(centre + reach))
    const weights = Float64Array.from({length: end - first}, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach),
    )
    const total = weights.reduce((sum, w) => sum + w, 0)
    // Plain loops: a photo has thirty million values.
    for (let line = 0; line < lines; line++)
      for (let c = 0; c < step; c++) {
        let sum = 0
        let at = (line * from + first) * step + c
        for (let k = 0; k < weights.length; k++, at += step) sum += weights[k]! * values[at]!
        made[(line * to + i) * step + c] = sum / total
      }
  }
  return made
}
