// Bundles that were started to be asked: each the bundle's own server on loopback, until it is stopped.
import {randomUUID} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {AppError, type Fault, fromFault} from '../error.ts'
import {onDisk} from '../files.ts'
import {type BundleSignature, bundleSignature} from '../schema/bundle.ts'
import {says} from '../words/says.ts'
import {verifyBundle} from './bundle.ts'
import {type BundleServer, startBundle} from './client.ts'
import {readGolden} from './golden.ts'

type Row = Record<string, unknown>

export type Started = {
  id: string
  signature: BundleSignature
  /** Rows that the bundle is held to, as something to begin with. */
  examples: Row[]
}

const mostExamples = 12

export class StartedBundles {
  readonly #servers = new Map<string, BundleServer>()

  /**
   * Starts a bundle whose files are as they were packaged. It ends with `until` at the latest. Errors as
   * `verifyBundle`'s and `startBundle`'s.
   */
  async start(
    folder: string,
    {signal, until}: {signal?: AbortSignal; until?: AbortSignal} = {},
  ): Promise<Started> {
    await verifyBundle(folder)
    const file = join(folder, 'signature.json')
    const signature = bundleSignature.parse(
      JSON.parse(await onDisk(file, () => readFile(file, 'utf8'))),
    )
    const golden = await readGolden(folder)
    const server = await startBundle(folder, {signal})
    const id = randomUUID()
    this.#servers.set(id, server)
    void server.ended.then(() => this.#servers.delete(id))
    if (until?.aborted) await this.stop(id)
    else until?.addEventListener('abort', () => void this.stop(id), {once: true})
    return {id, signature, examples: golden.slice(0, mostExamples).map(({input}) => input)}
  }

  /** Sends rows; `ms` is from the request to the answer. @throws AppError `bad-request` for rows that do not fit */
  async ask(id: string, rows: readonly Row[], {signal}: {signal?: AbortSignal} = {}) {
    const server = this.#servers.get(id)
    if (!server)
      throw new AppError('unknown-name', says`this bundle does not run any more`, {
        hint: says`start it again`,
      })
    const sent = performance.now()
    const response = await fetch(`${server.url}/invocations`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({rows}),
      ...(signal && {signal}),
    })
    const body = (await response.json()) as {error?: Fault; predictions: Row[]}
    const ms = performance.now() - sent
    if (body.error) throw fromFault(body.error)
    return {answers: body.predictions, ms}
  }

  async stop(id: string): Promise<void> {
    const server = this.#servers.get(id)
    this.#servers.delete(id)
    await server?.stop()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map(id => this.stop(id)))
  }
}
