// What a compiled training has changed so far, in memory of the CPU, and the names that its program has for it.
import type {Snapshot} from '../stepper.ts'
import {readVector} from '../weights.ts'
import type {Program} from './program.ts'

/** The state before the first step: the model's own weights, and what the optimizer begins with. */
export const initial = ({weights: {learned, kept}, averaged, slots}: Program): Snapshot => ({
  params: readVector(learned),
  ...(averaged ? {average: readVector(learned)} : {}),
  slots: slots.map(value => new Float32Array(learned.size).fill(value)),
  kept: readVector(kept),
})

/** A state's vectors by the names of the inputs that take them; an output that gives a new one is `new_…`. */
export const vectorsOf = ({
  params,
  average,
  slots,
  kept,
}: Snapshot): Record<string, Float32Array> => ({
  params,
  ...(average ? {average} : {}),
  ...Object.fromEntries(slots.map((slot, i) => [`slot_${i}`, slot])),
  ...(kept.length > 0 ? {kept} : {}),
})

/** A state with other vectors in the place of all of `state`. */
export const renewed = (state: Snapshot, vector: (name: string) => Float32Array): Snapshot => ({
  params: vector('params'),
  ...(state.average ? {average: vector('average')} : {}),
  slots: state.slots.map((_, i) => vector(`slot_${i}`)),
  kept: state.kept.length > 0 ? vector('kept') : state.kept,
})
