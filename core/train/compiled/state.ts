// What a compiled training has changed so far, in memory of the CPU.
import type {Snapshot} from '../stepper.ts'
import {readVector} from '../weights.ts'
import type {Program} from './program.ts'

/** The state before the first step: the model's own weights, and what the optimizer begins with. */
export const initial = ({weights: {learned, kept}, slots}: Program): Snapshot => ({
  params: readVector(learned),
  slots: slots.map(value => new Float32Array(learned.size).fill(value)),
  kept: readVector(kept),
})

export const copyOf = ({params, slots, kept}: Snapshot): Snapshot => ({
  params: params.slice(),
  slots: slots.map(slot => slot.slice()),
  kept: kept.slice(),
})
