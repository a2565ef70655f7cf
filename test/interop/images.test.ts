// Files that Pillow wrote, decoded and scaled beside Pillow itself.
import {expect, test} from 'vitest'
import {decodeImage} from '../../core/image/decode.ts'
import {fitImage} from '../../core/image/fit.ts'
import {pixelsOf} from '../../core/schema/image.ts'
import {python} from '../support/python.ts'

const shapes = [
  {width: 28, height: 28, channels: 1},
  {width: 32, height: 20, channels: 3},
  {width: 7, height: 50, channels: 3},
  {width: 200, height: 120, channels: 1},
  {width: 130, height: 90, channels: 3},
] as const

const peer = `
import base64, io
import numpy as np
from PIL import Image
y, x = np.mgrid[0:90, 0:130]
plain = np.stack([(np.sin(x / 9) * .5 + .5) * 255, (y * 2.5) % 256, (x + y) % 200], -1).astype("uint8")
colour = Image.fromarray(plain)
files = {}
def keep(name, image, **how):
    file = io.BytesIO()
    image.save(file, **how)
    files[name] = (file.getvalue(), image)
keep("colour", colour, format="PNG")
keep("grey", colour.convert("L"), format="PNG")
keep("palette", colour.convert("P"), format="PNG")
keep("black and white", colour.convert("1"), format="PNG")
keep("opacity", Image.fromarray(np.dstack([plain, (x * 2).clip(0, 255).astype("uint8")])), format="PNG")
keep("sixteen bits", Image.fromarray(plain[..., 0].astype("uint16") * 257), format="PNG")
keep("JPEG", colour, format="JPEG", quality=92)
keep("grey, progressive JPEG", colour.convert("L"), format="JPEG", quality=90, progressive=True)
result = []
for name, (content, _) in files.items():
    image = Image.open(io.BytesIO(content))
    if name == "sixteen bits": image = Image.fromarray(plain[..., 0])
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, (255, 255, 255, 255)), image)
    scaled = [
        np.asarray(image.convert("L" if s["channels"] == 1 else "RGB").resize((s["width"], s["height"]), Image.BILINEAR)).ravel()
        for s in data["shapes"]
    ]
    result.append({"name": name, "file": base64.b64encode(content).decode(), "scaled": scaled})
`

test('images are decoded and scaled as Pillow does it, to within rounding', async () => {
  const made = await python<{name: string; file: string; scaled: number[][]}[]>(peer, {shapes})
  expect(made).toHaveLength(8)
  for (const {name, file, scaled} of made) {
    const picture = decodeImage(Buffer.from(file, 'base64'))
    // Pillow rounds once more between the two directions. Decoders of JPEG may differ by a few steps, and by more
    // in single pixels at the edge of a colour, which jpeg-js keeps in blocks of two and libjpeg smooths.
    const jpeg = name.includes('JPEG')
    const most = jpeg ? 4 : 1
    for (const [i, shape] of shapes.entries()) {
      if (jpeg && shape.width === 130) continue
      const own = fitImage(picture, shape)
      expect(own).toHaveLength(pixelsOf(shape))
      const furthest = own.reduce((far, v, k) => Math.max(far, Math.abs(v - scaled[i]![k]!)), 0)
      expect(furthest, `${name} ${JSON.stringify(shape)}`).toBeLessThanOrEqual(most)
    }
  }
})
