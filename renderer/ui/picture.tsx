// An image of a table's column, drawn from its pixels.
import {useEffect, useRef} from 'react'
import {type ImageShape, imageShape} from '../../core/schema/image.ts'
import {useT} from './i18n.ts'
import css from './picture.module.css'

/** `type` is the column's; `size` the px that the longer side takes. */
export function Picture({pixels, type, size}: {pixels: Uint8Array; type: string; size: number}) {
  const t = useT()
  const canvas = useRef<HTMLCanvasElement>(null)
  const shape = imageShape(type)
  useEffect(() => {
    const shape = imageShape(type)
    const context = canvas.current?.getContext('2d')
    if (shape && context) context.putImageData(imageData(pixels, shape), 0, 0)
  }, [pixels, type])
  if (!shape) return null
  const {width, height} = shape
  const scale = size / Math.max(width, height)
  return (
    <canvas
      ref={canvas}
      className={css.picture}
      width={width}
      height={height}
      style={{width: width * scale, height: height * scale}}
      role="img"
      aria-label={t('table.value.image', {width, height})}
    />
  )
}

function imageData(pixels: Uint8Array, {width, height, channels}: ImageShape): ImageData {
  const data = new ImageData(width, height)
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 4; c++)
      data.data[4 * i + c] = c === 3 ? 255 : pixels[i * channels + (channels === 3 ? c : 0)]!
  return data
}
