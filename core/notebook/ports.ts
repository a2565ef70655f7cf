// What flows along the edges: which values a cell kind takes and gives, and whether they fit.
import {didYouMean, type Fault, faultOf} from '../error.ts'
import type {Port} from '../schema/value.ts'
import {or, type Phrase, says} from '../words/says.ts'

/** The inputs and the output of a cell kind. `same`: it gives what its first input is. */
export type Ports = {
  in: {min: number; max: number; accepts: readonly Port[]}
  out: Port | 'same'
}

/** The parts of a split that a cell may name, as in `parts.train`. Each is a table. */
export const partNames = ['train', 'validation', 'test'] as const

/** One end of an edge: the cell named, the part asked of it, and what it gives (if that is known). */
export type Input = {name: string; part?: string; gives?: Port}

/** What arrives along an edge: a part of a split is a table. */
export const arriving = ({part, gives}: Input): Port | undefined => (part ? 'table' : gives)

/** Why an input does not fit a kind, or nothing. An input whose type is not known fits. */
export function inputFault(kind: string, {accepts}: Ports['in'], input: Input): Fault | undefined {
  const {name, part, gives} = input
  if (part !== undefined) {
    if (gives !== undefined && gives !== 'split')
      return faultOf(
        'wrong-port',
        says`"${name}" gives ${portWords[gives]}, and only a split has parts`,
        {
          hint: says`write ${name} instead of ${name}.${part}`,
        },
      )
    if (!partNames.includes(part as (typeof partNames)[number]))
      return faultOf('unknown-name', says`a split has no part "${part}"`, {
        hint: didYouMean(part, partNames) ?? says`its parts are ${partNames.join(', ')}`,
      })
  }
  const given = arriving(input)
  // A kind that takes nothing at all is told by its number of inputs.
  if (given === undefined || accepts.length === 0 || accepts.includes(given)) return undefined
  const whole = part ? `${name}.${part}` : name
  return faultOf(
    'wrong-port',
    says`"${whole}" gives ${portWords[given]}, and ${kind} takes ${any(accepts)}`,
    {
      hint:
        given === 'split' && accepts.includes('table')
          ? says`name one of its parts, such as ${name}.train`
          : undefined,
    },
  )
}

/** Why the number of inputs does not fit, or nothing. `near` finds a cell that would. */
export function countFault(
  kind: string,
  {min, max, accepts}: Ports['in'],
  count: number,
  near: () => string | undefined,
): Fault | undefined {
  if (count >= min && count <= max) return undefined
  if (max === 0)
    return faultOf('wrong-port', says`${kind} takes no input, and this one has ${count}`, {
      hint: says`leave out from=`,
    })
  const example = near()
  const range =
    min === max ? `${min}` : Number.isFinite(max) ? says`${min} to ${max}` : says`at least ${min}`
  const inputs = max === 1 ? says`${range} input` : says`${range} inputs`
  const has = count === 0 ? says`none` : `${count}`
  return faultOf(
    'wrong-port',
    says`${kind} takes ${inputs} (${any(accepts)}), and this one has ${has}`,
    {
      hint:
        count >= min
          ? undefined
          : example
            ? says`name it in from=, such as from=${example}`
            : says`name it in from=`,
    },
  )
}

/** What a cell gives, with its article. */
export const portWords: Record<Port, Phrase> = {
  table: says`a table`,
  split: says`a split`,
  model: says`a model`,
  report: says`a report`,
  version: says`a version`,
  bundle: says`a bundle`,
}

const any = (ports: readonly Port[]) => or(ports.map(port => portWords[port]))
