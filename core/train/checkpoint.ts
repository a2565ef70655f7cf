// A checkpoint: where a training stands, as bytes that tell whether they are whole and whose they are.
import {createHash} from 'node:crypto'
import {deserialize, serialize} from 'node:v8'
import {messageOf} from '../error.ts'
import type {Checkpoints} from '../plugin.ts'
import {type Phrase, says} from '../words/says.ts'

/** Raised when a state begins to hold other things. */
const form = 2

export type Keeper<State> = {
  /** What was kept; `problem` says why it cannot be used. Neither where nothing was kept. */
  restore: () => Promise<{kept?: State; problem?: Phrase}>
  /** Keeps what `state` gives, if it is time. Gives what went wrong, once. */
  save: (state: () => State, at: {end?: boolean; stop?: boolean}) => Promise<Phrase | undefined>
}

/** Keeps states of one training, which `key` tells from any other. */
export function keeperOf<State>(checkpoints: Checkpoints, key: string): Keeper<State> {
  const {version} = checkpoints
  let broken = false
  return {
    async restore() {
      try {
        const bytes = await checkpoints.read()
        return bytes ? unsealed<State>(bytes, {version, key}) : {}
      } catch (error) {
        return {problem: says`its checkpoint could not be read: ${messageOf(error)}`}
      }
    },
    async save(state, at) {
      if (broken || !checkpoints.due(at)) return undefined
      try {
        await checkpoints.write(sealed(state(), {version, key}))
        return undefined
      } catch (error) {
        // A training goes on without; a disk that is full now will be full in half a minute.
        broken = true
        return messageOf(error)
      }
    },
  }
}

/** Whose a checkpoint is: of which version of the program, of which training. */
type Mark = {version: string; key: string}

/** One line of text, `bancada-checkpoint <form> <hash of the rest>`, then the state as V8 writes it. */
export function sealed(state: unknown, mark: Mark): Uint8Array {
  const body = serialize({...mark, state})
  return Buffer.concat([Buffer.from(`bancada-checkpoint ${form} ${hash(body)}\n`), body])
}

export function unsealed<State>(
  bytes: Uint8Array,
  {version, key}: Mark,
): {kept?: State; problem?: Phrase} {
  const end = bytes.indexOf(10)
  const head = Buffer.from(bytes.subarray(0, Math.max(end, 0))).toString('latin1')
  const [name, of, sum] = head.split(' ')
  const other = {problem: says`its checkpoint is of another version of Bancada`}
  if (name === 'bancada-checkpoint' && of !== String(form)) return other
  const body = bytes.subarray(end + 1)
  if (name !== 'bancada-checkpoint' || sum !== hash(body))
    return {problem: says`its checkpoint is damaged`}
  const found = deserialize(body)
  if (found.version !== version) return other
  if (found.key !== key)
    return {
      problem: says`its checkpoint is of another engine or recipe, or of rows in another order`,
    }
  return {kept: found.state}
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
