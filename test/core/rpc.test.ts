import {expect, test} from 'vitest'
import {AppError} from '../../core/error.ts'
import {type Client, connect, type Handlers, serve, wirePair} from '../../core/rpc.ts'

function pair(handlers: Partial<Record<string, unknown>>): Client {
  const [mine, theirs] = wirePair()
  serve(theirs, handlers as unknown as Handlers)
  return connect(mine)
}
const outcome = {cells: [], problems: []}

test('events come in order and before the answer', async () => {
  const client = pair({
    'notebook.run': async (_: unknown, {tell}: {tell: (event: unknown) => void}) => {
      for (const state of ['queued', 'running']) tell({cell: 'a', kind: 'sql', state})
      return outcome
    },
  })
  const seen: string[] = []
  const answer = await client.call(
    'notebook.run',
    {document: 'a.md'},
    {tell: e => seen.push(e.state)},
  )
  expect(seen).toEqual(['queued', 'running'])
  expect(answer).toEqual(outcome)
})

test('an error arrives with its code and its way out', async () => {
  const client = pair({
    'project.info': async () => {
      throw new AppError('missing-file', 'gone', {hint: 'look elsewhere', where: 'x'})
    },
  })
  await expect(client.call('project.info', {})).rejects.toMatchObject({
    code: 'missing-file',
    hint: 'look elsewhere',
    where: 'x',
  })
})

test('input that does not fit the contract never reaches the host', async () => {
  let reached = false
  const client = pair({
    'models.get': async () => {
      reached = true
    },
  })
  await expect(client.call('models.get', {nam: 'x'} as never)).rejects.toMatchObject({
    code: 'bad-request',
  })
  await expect(client.call('models.gett' as never, {} as never)).rejects.toMatchObject({
    code: 'bad-request',
    hint: 'did you mean "models.get"?',
  })
  expect(reached).toBe(false)
})

test('a call that the client cancels is stopped on the host', async () => {
  const client = pair({
    'notebook.run': (_: unknown, {signal}: {signal: AbortSignal}) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'stopped'))),
      ),
  })
  const stop = new AbortController()
  const running = client.call('notebook.run', {document: 'a.md'}, {signal: stop.signal})
  stop.abort()
  await expect(running).rejects.toMatchObject({code: 'cancelled'})
})

test('when the wire closes, the host stops what runs and the client is told', async () => {
  let stopped = false
  const client = pair({
    'notebook.run': (_: unknown, {signal}: {signal: AbortSignal}) =>
      new Promise(() => signal.addEventListener('abort', () => (stopped = true))),
  })
  const running = client.call('notebook.run', {document: 'a.md'})
  await Promise.resolve()
  await new Promise(done => setTimeout(done, 5))
  client.close()
  await expect(running).rejects.toMatchObject({code: 'crashed'})
  expect(stopped).toBe(true)
  await expect(client.call('project.info', {})).rejects.toMatchObject({code: 'crashed'})
})
