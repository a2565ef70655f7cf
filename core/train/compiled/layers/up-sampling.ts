// Each number of an image as a rectangle of it.
import {says} from '../../../words/says.ts'
import {apply, defineLayer} from '../layer.ts'
import {channelsFirst} from '../layout.ts'
import {enlarged} from '../pools.ts'
import {onlyChannelsLast} from '../windows.ts'

export const upSampling2d = defineLayer({
  className: 'UpSampling2D',
  trials: false,
  refuses: config =>
    config.interpolation === 'bilinear' ? says`bilinear interpolation` : onlyChannelsLast(config),
  examples: [
    {
      title: 'uneven',
      inputs: [[2, 3, 2]],
      peerless: 'the gradient of tfjs is not that of finite differences',
      add: (tf, [x]) => apply(tf.layers.upSampling2d({size: [2, 3]}), x!),
    },
  ],
  call(tape, {config, inputs}) {
    const {graph} = tape
    const x = channelsFirst(tape, inputs[0]!)
    const size = config.size as number[]
    const [height, width, channels] = x.shape as [number, number, number]
    const shape = [height * size[0]!, width * size[1]!, channels]
    const tensor = enlarged(graph, size, x.tensor)
    return tape.record([x], {tensor, shape, layout: 'first'}, dy => [
      () => {
        const mean = graph.op('AveragePool', [dy], {kernel_shape: size, strides: size})
        return graph.op('Mul', [mean, graph.constant('float32', size[0]! * size[1]!)])
      },
    ])
  },
})
