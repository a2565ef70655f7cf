// Image files for tests.
import {mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import jpeg from 'jpeg-js'
import {encodePng} from '../../core/image/encode.ts'

/** A grey PNG file, from its rows of pixels. */
export const greyPng = (rows: readonly (readonly number[])[]): Buffer =>
  encodePng(Uint8Array.from(rows.flat()), {
    width: rows[0]!.length,
    height: rows.length,
    channels: 1,
  })

/** A JPEG file of one colour. */
export function plainJpeg(width: number, height: number, rgb: readonly [number, number, number]) {
  const data = Buffer.from(Array.from({length: width * height}, () => [...rgb, 255]).flat())
  return jpeg.encode({width, height, data}, 95).data
}

/** Puts files into a project, in folders that are made on the way. */
export async function putFiles(folder: string, files: Readonly<Record<string, Uint8Array>>) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), {recursive: true})
    await writeFile(path, content)
  }
}
