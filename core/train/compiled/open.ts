// A training on a provider: compiled in the form that suits it, and opened.
import type {Stepper} from '../stepper.ts'
import {compile, type ProgramSpec} from './program.ts'
import {openResident} from './resident.ts'
import type {Provider} from './session.ts'
import {openStepper} from './stepper.ts'

export type OpenSpec = Omit<ProgramSpec, 'form' | 'trials' | 'gpu'> & {
  seed: number
  classifies: boolean
  provider?: Provider
  threads?: number | undefined
}

/**
 * Compiles and opens a training. On WebGPU `Loop` would bring the state to the CPU and back in each turn,
 * so there each step is a call; elsewhere a call takes many steps. Throws as `openSession` does.
 */
export async function openCompiled({provider = 'cpu', ...spec}: OpenSpec): Promise<Stepper> {
  const gpu = provider !== 'cpu'
  if (provider !== 'webgpu') return openStepper(compile({...spec, gpu}), {...spec, provider})
  const step = compile({...spec, gpu, form: 'step'})
  return openResident({step, measure: compile({...spec, gpu, form: 'measure'})}, spec)
}
