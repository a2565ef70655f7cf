// Calls that a host may or may not have yet. One that it has not is told like any other fault, where it happens.
import {store} from '../state/store.ts'

type Told = {done?: number; message?: string}
type Options<E> = {signal?: AbortSignal; tell?: (event: E) => void}

export function hostCall<O, E = Told>(
  name: string,
  input: unknown,
  options: Options<E> = {},
): Promise<O> {
  const call = store.getState().call as unknown as (
    name: string,
    input: unknown,
    options: Options<E>,
  ) => Promise<O>
  return call(name, input, options)
}
