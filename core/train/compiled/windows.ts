// Windows that go over a sequence or an image: how many there are, and how far they reach over its edge.
import {says} from '../../words/says.ts'
import type {Config} from './layer.ts'

export type Windows = {
  /** Sizes along each axis of space. */
  kernel: readonly number[]
  strides: readonly number[]
  dilations: readonly number[]
  /** Zeros before and after, along each axis. */
  pads: readonly (readonly [before: number, after: number])[]
  /** The space that they go over, and how many windows that makes. */
  space: readonly number[]
  places: readonly number[]
}

/** Windows as tfjs lays them: `same` covers everything and puts an odd zero at the end. */
export function windows(
  space: readonly number[],
  {kernel, strides, dilations = kernel.map(() => 1), padding}: WindowSpec,
): Windows {
  const along = space.map((size, i) => {
    const [stride, reach] = [strides[i]!, dilations[i]! * (kernel[i]! - 1) + 1]
    if (padding === 'valid')
      return {places: Math.floor((size - reach) / stride) + 1, pads: [0, 0] as const}
    const places = Math.ceil(size / stride)
    const pad = Math.max(0, (places - 1) * stride + reach - size)
    return {places, pads: [Math.floor(pad / 2), Math.ceil(pad / 2)] as const}
  })
  return {
    kernel,
    strides,
    dilations,
    pads: along.map(({pads}) => pads),
    space,
    places: along.map(({places}) => places),
  }
}

export type WindowSpec = {
  kernel: readonly number[]
  strides: readonly number[]
  dilations?: readonly number[]
  padding: 'same' | 'valid'
}

/** As attributes of ONNX's Conv and its relatives; pooling knows no dilation here. */
export const windowAttrs = ({kernel, strides, dilations, pads}: Windows) => ({
  kernel_shape: kernel,
  strides,
  pads: [...pads.map(([before]) => before), ...pads.map(([, after]) => after)],
  ...(dilations.some(d => d > 1) ? {dilations} : {}),
})

/** The configuration of a layer that goes over `rank` axes of space; numbers stand for all of them. */
export function windowSpec(config: Config, rank: number, kernelName = 'kernelSize'): WindowSpec {
  const each = (value: unknown) => {
    const all = [value].flat() as number[]
    return all.length === rank ? all : Array.from({length: rank}, () => all[0]!)
  }
  return {
    kernel: each(config[kernelName]),
    strides: each(config.strides ?? 1),
    dilations: each(config.dilationRate ?? 1),
    padding: config.padding === 'same' ? 'same' : 'valid',
  }
}

/** What `refuses` says of images with channels first, which tfjs itself only turns around. */
export const onlyChannelsLast = ({dataFormat}: Config) =>
  dataFormat === 'channelsFirst' ? says`channels first` : undefined
