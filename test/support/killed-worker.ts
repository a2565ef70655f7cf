// A training process that kills itself at a chosen point: KILL_AT is `write 2`, right after the second
// checkpoint, or `epoch 3 of fold 1`, when that is logged.
import {models} from '../../core/models/index.ts'
import type {FitContext, Model} from '../../core/plugin.ts'
import {serveTraining} from '../../core/train/serve.ts'

const at = process.env.KILL_AT
let fold = -1
let writes = 0
const kill = () => process.kill(process.pid, 'SIGKILL')

function watched(context: FitContext): FitContext {
  const {checkpoints} = context
  fold++
  return {
    ...context,
    log: (epoch, metrics) => {
      if (at === `epoch ${epoch} of fold ${fold}`) kill()
      context.log(epoch, metrics)
    },
    ...(checkpoints
      ? {
          checkpoints: {
            ...checkpoints,
            write: async bytes => {
              await checkpoints.write(bytes)
              if (at === `write ${++writes}`) kill()
            },
          },
        }
      : {}),
  }
}

const mlp = models.mlp!
serveTraining({
  mlp: {...mlp, fit: (params, data, context) => mlp.fit(params, data, watched(context))} as Model,
})
