import {setImmediate as turn} from 'node:timers/promises'
import {expect, onTestFinished, test} from 'vitest'
import {decodeImage} from '../../../core/image/decode.ts'
import {Decoder} from '../../../core/image/decoder.ts'
import {fitImage} from '../../../core/image/fit.ts'
import {greyPng, plainJpeg} from '../../support/images.ts'

const shape = {width: 8, height: 8, channels: 3} as const
const file = plainJpeg(1600, 1200, [200, 30, 90])
const photo = () => Uint8Array.from(file)

function decoder() {
  const made = new Decoder(shape)
  onTestFinished(() => made.close())
  return made
}

test('a photo is decoded as here, and this thread goes on meanwhile', async () => {
  const it = decoder()
  let turns = 0
  let done = false
  const counting = (async () => {
    for (; !done; turns++) await turn()
  })()
  const fitted = await it.fit(photo())
  done = true
  await counting
  expect(fitted).toMatchObject({width: 1600, height: 1200})
  expect([...fitted.pixels]).toEqual([...fitImage(decodeImage(photo()), shape)])
  // Decoded in this thread, none would have come between.
  expect(turns).toBeGreaterThan(10)
})

test('several files are answered each with its own, and a broken one alone fails', async () => {
  const it = decoder()
  const [red, broken, grey] = await Promise.allSettled([
    it.fit(Uint8Array.from(plainJpeg(20, 10, [255, 0, 0]))),
    it.fit(Uint8Array.from([1, 2, 3])),
    it.fit(greyPng([[7, 7]])),
  ])
  expect(red).toMatchObject({status: 'fulfilled', value: {width: 20, height: 10}})
  expect(broken).toMatchObject({
    reason: {code: 'bad-data', message: 'neither a PNG nor a JPEG file'},
  })
  expect(grey).toMatchObject({status: 'fulfilled', value: {width: 2, height: 1}})
})

test('closed in the middle of a photo, it ends at once, and takes nothing more', async () => {
  const it = decoder()
  const waiting = Promise.allSettled([it.fit(photo()), it.fit(photo())])
  await it.close()
  for (const one of await waiting) expect(one).toMatchObject({reason: {code: 'cancelled'}})
  await expect(it.fit(photo())).rejects.toMatchObject({code: 'cancelled'})
})
