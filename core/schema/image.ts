// A column of images: pixels of one size, row by row from the top left, as an array type that says their shape.
import {type Phrase, says} from '../words/says.ts'

/** `channels`: 1 (grey) or 3 (red, green, blue). */
export type ImageShape = {width: number; height: number; channels: 1 | 3}

/** DuckDB's type of such images: `UTINYINT[28][28]`, or `UTINYINT[3][28][28]` in colour; each value 0 to 255. */
export const imageType = ({width, height, channels}: ImageShape): string =>
  `UTINYINT${channels === 3 ? '[3]' : ''}[${width}][${height}]`

const pattern = /^UTINYINT(\[3\])?\[(\d+)\]\[(\d+)\]$/

/** The shape that a column's type says, if it is one of images. */
export function imageShape(type: string): ImageShape | undefined {
  const [, colour, width, height] = pattern.exec(type) ?? []
  if (width === undefined) return undefined
  return {width: Number(width), height: Number(height), channels: colour ? 3 : 1}
}

/** How many numbers such an image has. */
export const pixelsOf = ({width, height, channels}: ImageShape): number => width * height * channels

/** A name for each number of an image in a column: `image[row,column]`, in colour `image[row,column,channel]`. */
export const pixelNames = (column: string, {width, height, channels}: ImageShape): string[] =>
  Array.from({length: width * height * channels}, (_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels]
    const place = `${Math.floor(pixel / width)},${pixel % width}`
    return `${column}[${channels === 1 ? place : `${place},${channel}`}]`
  })

/** `28 × 28, grey` */
export const shapeWords = ({width, height, channels}: ImageShape): Phrase =>
  channels === 3 ? says`${width} × ${height}, in colour` : says`${width} × ${height}, grey`
