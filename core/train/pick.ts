// Which of several measured devices trains.
import {type Phrase, type Said, says} from '../words/says.ts'
import type {Device} from './device.ts'

/** A device, and how many rows a second it trained; or why it could not. */
export type Trial = {device: Device; rate: number} | {device: Device; trouble: Phrase}

/** Another device must be this much faster than the CPU: below it, one measurement may say this and the next that. */
export const clearly = 1.5

/**
 * The device that trains and the reason in words. The first of `trials` is taken unless another is at least
 * `clearly` times as fast. Throws nothing: the first must have a rate.
 */
export function pick(trials: readonly Trial[]): {device: Device; because: Said[]} {
  const rated = trials.flatMap(trial => ('rate' in trial ? [trial] : []))
  let best = rated[0]!
  for (const trial of rated.slice(1))
    if (trial.rate >= best.rate * (best === rated[0] ? clearly : 1)) best = trial
  const told = trials.map(trial =>
    'rate' in trial
      ? says`${trial.device} ${Math.round(trial.rate)} rows/s`
      : says`not ${trial.device}: ${trial.trouble}`,
  )
  return {device: best.device, because: told.map(({said}) => said)}
}
