// How the learning rate goes through a training.
import type {Recipe} from './recipe.ts'

/**
 * The learning rate of step `t`, counted from 0, where an epoch has `perEpoch` steps. It rises in a straight
 * line over the warm-up and reaches its height with the last step of that; the schedule goes over the rest.
 */
export function learningRate(recipe: Recipe, t: number, perEpoch: number): number {
  const {learningRate: rate, schedule, warmup, epochs} = recipe
  const steps = epochs * perEpoch
  if (schedule === 'one-cycle') return rate * oneCycle(t / steps, warmup || 0.3)
  const rise = Math.round(warmup * steps)
  if (t < rise) return (rate * (t + 1)) / rise
  return rate * left[schedule]((t - rise) / (steps - rise), recipe, Math.floor(t / perEpoch))
}

/** What is left of the rate when the part `done` (0 to 1) is over. */
const left: Record<
  Exclude<Recipe['schedule'], 'one-cycle'>,
  (done: number, recipe: Recipe, epoch: number) => number
> = {
  constant: () => 1,
  linear: done => 1 - done,
  cosine: done => (1 + Math.cos(Math.PI * done)) / 2,
  step: (_, {stepEvery, stepFactor}, epoch) => stepFactor ** Math.floor(epoch / stepEvery),
}

// Up along half a cosine and down along another (Smith and Topin, 2018), between the numbers of PyTorch's
// OneCycleLR: from 1/25 of the height to a ten-thousandth of that. The momentum stays as it is.
function oneCycle(done: number, rise: number): number {
  const [begin, end] = [1 / 25, 1 / 25 / 1e4]
  const between = (from: number, to: number, part: number) =>
    to + ((from - to) * (1 + Math.cos(Math.PI * part))) / 2
  return done < rise ? between(begin, 1, done / rise) : between(1, end, (done - rise) / (1 - rise))
}
