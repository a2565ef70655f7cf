// The compiled engine: a whole training as one ONNX graph in ONNX Runtime.
import {says} from '../../words/says.ts'
import {providerOf} from '../device.ts'
import type {Engine} from '../engine.ts'
import {isWeighted} from '../rows.ts'
import {losses} from './losses/index.ts'
import {refusal} from './network.ts'
import {openCompiled} from './open.ts'
import {optimizers} from './optimizers/index.ts'

export const compiledEngine: Engine = {
  name: 'compiled',
  refuses: async ({model, recipe: {loss, optimizer}}) => {
    if (!losses[loss]) return says`the loss ${loss} has no compiled form`
    if (!optimizers[optimizer]) return says`the optimizer ${optimizer} has no compiled form`
    return refusal(model)
  },
  open: async ({model, recipe, data, seed}, {device, threads} = {device: 'cpu'}) => {
    const stepper = await openCompiled({
      model,
      recipe,
      seed,
      features: data.features.length,
      weighted:
        isWeighted(data.train) || (data.validation !== undefined && isWeighted(data.validation)),
      classifies: data.task === 'classification',
      provider: providerOf(device),
      threads,
    })
    return {...stepper, device}
  },
}
