// The last few results of slow work, each made once however many ask for it at the same time.
import {toFault} from '../error.ts'

export class Memo<T> {
  readonly #kept = new Map<string, {made: Promise<T>; value?: T}>()
  readonly #size: number
  readonly #drop: (value: T) => void

  /** Keeps the `size` results that were asked for last; `drop` is called with one that is let go. */
  constructor(size: number, drop: (value: T) => void = () => {}) {
    this.#size = size
    this.#drop = drop
  }

  /** The result, if it is there already. */
  peek(key: string): T | undefined {
    return this.#kept.get(key)?.value
  }

  /** The result; `make` runs when it is not there. Each caller's own `signal` stops its own waiting. */
  async get(
    key: string,
    make: () => Promise<T>,
    {signal}: {signal?: AbortSignal | undefined} = {},
  ): Promise<T> {
    for (;;) {
      signal?.throwIfAborted()
      const entry = this.#kept.get(key) ?? {made: make()}
      this.#kept.delete(key)
      this.#kept.set(key, entry)
      try {
        const value = await entry.made
        entry.value = value
        this.#trim()
        return value
      } catch (error) {
        if (this.#kept.get(key) === entry) this.#kept.delete(key)
        // Whoever began it gave it up; who still wants it begins anew.
        if (toFault(error).code === 'cancelled' && !signal?.aborted) continue
        throw error
      }
    }
  }

  clear() {
    this.#kept.clear()
  }

  #trim() {
    const done = [...this.#kept].filter(([, {value}]) => value !== undefined)
    for (const [key, {value}] of done.slice(0, Math.max(0, done.length - this.#size))) {
      this.#kept.delete(key)
      this.#drop(value as T)
    }
  }
}
