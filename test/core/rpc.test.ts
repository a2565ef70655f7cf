import {expect, test} from 'vitest'
import {type Client, connect} from '../../core/connect.ts'
import {AppError} from '../../core/error.ts'
import {type Handlers, serve} from '../../core/rpc.ts'
import {largest} from '../../core/wire/frame.ts'
import {wirePair} from '../../core/wire/pair.ts'
import {says, verbatim} from '../../core/words/says.ts'

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
      throw new AppError('missing-file', verbatim('gone'), {
        hint: verbatim('look elsewhere'),
        where: 'x',
      })
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
        signal.addEventListener('abort', () => reject(new AppError('cancelled', says`stopped`))),
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

test('bytes travel in an answer and in an event, as copies', async () => {
  const kept = new Uint8Array([1, 2, 3])
  const client = pair({
    'notebook.run': async (_: unknown, {tell}: {tell: (event: unknown) => void}) => {
      tell({cell: 'a', kind: 'sql', state: 'running', sample: [kept]})
      return {cells: [{page: kept}], problems: []}
    },
  })
  const seen: unknown[] = []
  const answer = await client.call('notebook.run', {document: 'a.md'}, {tell: e => seen.push(e)})
  kept.fill(9)
  expect(seen).toMatchObject([{sample: [new Uint8Array([1, 2, 3])]}])
  expect(answer).toEqual({cells: [{page: new Uint8Array([1, 2, 3])}], problems: []})
})

test('an answer that cannot be sent is a fault of that call alone', async () => {
  const client = pair({
    'project.info': async () => ({x: new Uint8Array(largest + 1)}),
    'models.list': async () => [],
  })
  await expect(client.call('project.info', {})).rejects.toMatchObject({code: 'bad-request'})
  expect(await client.call('models.list', {})).toEqual([])
})

test('input that cannot be sent is refused, and later calls still work', async () => {
  const client = pair({'project.info': async () => outcome})
  const input = {sql: new Float64Array(1)} as never
  await expect(client.call('runs.query', input)).rejects.toMatchObject({code: 'bad-request'})
  expect(await client.call('project.info', {})).toEqual(outcome)
})
