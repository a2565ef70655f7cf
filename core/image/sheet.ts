// A sheet of small images, cut into files of their own.
import {decodeImage} from './decode.ts'
import {encodePng} from './encode.ts'
import {fitImage} from './fit.ts'

/** The grey squares of a sheet as PNG files, row by row. */
export function cutSheet(bytes: Uint8Array, side: number): Buffer[] {
  const sheet = decodeImage(bytes)
  const {width, height} = sheet
  const pixels = fitImage(sheet, {width, height, channels: 1})
  const square = {width: side, height: side, channels: 1} as const
  const [across, down] = [Math.floor(width / side), Math.floor(height / side)]
  return Array.from({length: across * down}, (_, i) => {
    const [left, top] = [(i % across) * side, Math.floor(i / across) * side]
    const cut = new Uint8Array(side * side)
    for (let y = 0; y < side; y++) {
      const from = (top + y) * width + left
      cut.set(pixels.subarray(from, from + side), y * side)
    }
    return encodePng(cut, square)
  })
}
