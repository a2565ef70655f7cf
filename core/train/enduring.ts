// A training that outlives its device: when a GPU is lost, the CPU goes on from the last call that came to its end.
import {type Said, says} from '../words/says.ts'
import type {Snapshot, Stepper, Steps} from './stepper.ts'

/**
 * A stepper on a GPU with another to go on with. A call that fails is done again, from the state before it, on
 * the stepper that `reopen` gives; every later call too. `warn` is told once, in the user's words.
 */
export function enduring(
  gpu: Stepper,
  {
    reopen,
    perEpoch,
    warn,
  }: {
    reopen: () => Promise<Stepper>
    /** How many steps an epoch has. */
    perEpoch: number
    warn: (message: Said) => void
  },
): Stepper {
  let stepper = gpu
  let epoch = 1
  const go = async <T>(call: (stepper: Stepper) => Promise<T>): Promise<T> => {
    if (stepper !== gpu) return call(stepper)
    try {
      return await call(gpu)
    } catch (error) {
      const state = gpu.read()
      const next = await reopen()
      next.write(state)
      stepper = next
      const reason = String((error as Error).message).split('\n')[0]
      warn(
        says`the GPU (${gpu.device}) was lost in epoch ${epoch} (${reason}); continued on the ${next.device.toUpperCase()}`
          .said,
      )
      // What is lost may not even be able to say goodbye.
      await gpu.dispose().catch(() => undefined)
      return call(next)
    }
  }
  return {
    get device() {
      return stepper.device
    },
    step(steps: Steps) {
      epoch = Math.floor((steps.first - 1) / perEpoch) + 1
      return go(on => on.step(steps))
    },
    measure: rows => go(on => on.measure(rows)),
    read: () => stepper.read(),
    write: (snapshot: Snapshot) => stepper.write(snapshot),
    dispose: () => stepper.dispose(),
  }
}
