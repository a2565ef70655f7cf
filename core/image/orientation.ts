// Which way up a camera held itself: the orientation that it wrote beside the pixels of a JPEG file.
import type {Picture} from './decode.ts'

/**
 * How the pixels lie as they are stored, 1 (upright) to 8: Exif 2.32 (CIPA DC-008), tag 0x0112 of the first image
 * directory. `exif` begins with a TIFF header, after zeros that fill. 1 for what is missing or cannot be read.
 */
export function orientationOf(exif: Uint8Array | undefined): number {
  if (!exif) return 1
  const start = Math.max(
    exif.findIndex(byte => byte !== 0),
    0,
  )
  const tiff = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start)
  try {
    const little = tiff.getUint16(0) === 0x4949
    const directory = tiff.getUint32(4, little)
    const entries = tiff.getUint16(directory, little)
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + 12 * i
      if (tiff.getUint16(entry, little) !== 0x0112) continue
      const value = tiff.getUint16(entry + 8, little)
      return value >= 1 && value <= 8 ? value : 1
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return 1
}

/** The picture as it is meant to be seen. */
export function upright(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture
  const {width, height, rgba} = picture
  const turned = orientation >= 5
  const [wide, high] = turned ? [height, width] : [width, height]
  // Where the first pixel of the picture is stored, and how far it is to the next one and to the next row.
  const [x, y] = [[2, 3, 7, 8].includes(orientation), [3, 4, 6, 7].includes(orientation)]
  const first = (x ? width - 1 : 0) + (y ? height - 1 : 0) * width
  const [alongX, alongY] = [x ? -1 : 1, y ? -width : width]
  const [step, line] = turned ? [alongY, alongX] : [alongX, alongY]
  const {buffer, byteOffset} = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice()
  const from = new Uint32Array(buffer, byteOffset, width * height)
  const to = new Uint32Array(width * height)
  for (let row = 0, i = 0; row < high; row++) {
    let at = first + row * line
    for (let column = 0; column < wide; column++, at += step) to[i++] = from[at]!
  }
  return {width: wide, height: high, rgba: new Uint8Array(to.buffer)}
}
