// Questions to a bundle's server, one after another over one connection.
import {Agent, request} from 'node:http'

export type Line = {
  /** Sends JSON, gives the JSON of the answer. Fails with the error of the connection, or by the line's signal. */
  ask(body: unknown): Promise<unknown>
  close(): void
}

/** A line to `url`. Node's `http`, since `fetch` takes longer to load than a hundred rows take to be answered. */
export function openLine(url: string, {signal}: {signal?: AbortSignal | undefined} = {}): Line {
  const agent = new Agent({keepAlive: true, maxSockets: 1})
  return {
    ask: body =>
      new Promise((done, fail) => {
        const text = JSON.stringify(body)
        const headers = {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        }
        const asked = request(
          url,
          {method: 'POST', agent, headers, ...(signal && {signal})},
          async answer => {
            try {
              answer.setEncoding('utf8')
              let got = ''
              for await (const chunk of answer) got += chunk
              done(JSON.parse(got))
            } catch (error) {
              fail(error)
            }
          },
        )
        asked.once('error', fail)
        asked.end(text)
      }),
    close: () => agent.destroy(),
  }
}
