// The compiled engine: a whole training as one ONNX graph in ONNX Runtime.
import type {Engine} from '../engine.ts'
import {losses} from './losses/index.ts'
import {refusal} from './network.ts'
import {optimizers} from './optimizers/index.ts'
import {compile} from './program.ts'
import {openStepper} from './stepper.ts'

export const compiledEngine: Engine = {
  name: 'compiled',
  refuses: async ({model, recipe: {loss, optimizer}}) => {
    if (!losses[loss]) return `the loss ${loss} has no compiled form`
    if (!optimizers[optimizer]) return `the optimizer ${optimizer} has no compiled form`
    return refusal(model)
  },
  open: async ({model, recipe, data, seed}) => {
    const features = data.features.length
    const weighted = Boolean(data.train.weights ?? data.validation?.weights)
    const program = compile({model, recipe, features, weighted})
    const classifies = data.task === 'classification'
    return openStepper(program, {recipe, seed, features, weighted, classifies})
  },
}
