import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {request} from 'node:http'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {drift} from '../../../core/monitor/drift.ts'
import {batchRelation, readTraffic} from '../../../core/monitor/traffic.ts'
import {captureRecord} from '../../../core/schema/capture.ts'
import {type BundleServer, startBundle} from '../../../core/serving/client.ts'
import {temporaryFolder} from '../../support/folder.ts'
import {rows, sampleBundle} from './sample.ts'

async function served() {
  const bundle = await sampleBundle()
  const capture = await temporaryFolder()
  const server = await startBundle(bundle.folder, {capture})
  onTestFinished(() => server.stop())
  return {...bundle, capture, server}
}

const post = async (
  {url}: BundleServer,
  body: unknown,
  headers: Record<string, string> = {'content-type': 'application/json'},
) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}/invocations`, {method: 'POST', headers, body: text})
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text: await response.text(),
  }
}

const row = {island: 'Dream', 'mass (g)': 3500}

test('every form of the same rows gives the same answers', async () => {
  const {server} = await served()
  const two = [row, {island: 'Biscoe', 'mass (g)': 4500}]
  const {status, text} = await post(server, two)
  expect(status).toBe(200)
  const {predictions} = JSON.parse(text)
  expect(predictions.map((p: {prediction: string}) => p.prediction)).toEqual(['Gentoo', 'Adelie'])
  expect(predictions[0].probabilities.Adelie + predictions[0].probabilities.Gentoo).toBeCloseTo(
    1,
    6,
  )
  const json = [
    {rows: two},
    {instances: two},
    {
      instances: [
        ['Dream', 3500],
        ['Biscoe', 4500],
      ],
    },
    {columns: {island: ['Dream', 'Biscoe'], 'mass (g)': [3500, 4500]}},
  ]
  for (const body of json) expect((await post(server, body)).text).toBe(text)
  const lines = two.map(r => JSON.stringify(r)).join('\n')
  expect((await post(server, lines, {'content-type': 'application/jsonlines'})).text).toBe(text)
  const csv = 'Dream,3500\r\n"Biscoe",4500'
  expect((await post(server, csv, {'content-type': 'text/csv'})).text).toBe(text)
  const headed = 'species,mass (g),island\n,3500,Dream\n,4500,Biscoe\n'
  expect((await post(server, headed, {'content-type': 'text/csv; header=present'})).text).toBe(text)
})

test('an answer comes as Accept asks', async () => {
  const {server} = await served()
  const as = (accept: string) =>
    post(server, [row, row], {'content-type': 'application/json', accept})
  const csv = await as('text/csv')
  expect(csv.type).toBe('text/csv')
  expect(csv.text).toMatch(/^(Gentoo,0\.\d+,0\.\d+\n){2}$/)
  expect((await as('text/csv; header=present')).text).toMatch(/^prediction,Adelie,Gentoo\nGentoo,/)
  expect((await as('application/jsonlines')).text.trim().split('\n')).toHaveLength(2)
  expect((await as('image/png, */*')).type).toBe('application/json')
})

test('unseen categories and gaps are answered', async () => {
  const {server} = await served()
  const {status, text} = await post(server, [
    {island: 'Mars', 'mass (g)': null},
    {island: null, 'mass (g)': 'NaN'},
  ])
  expect(status).toBe(200)
  const [a, b] = JSON.parse(text).predictions
  expect(a).toEqual(b)
})

test('what does not fit is refused with its place and a way out', async () => {
  const {server} = await served()
  const cases: [unknown, Record<string, unknown>, string?][] = [
    ['{', {message: expect.stringMatching(/^not JSON/)}],
    [{}, {hint: expect.stringContaining('{"rows": […]}')}],
    [[], {message: 'there are no rows in the request'}],
    [
      [row, {...row, 'mass (g)': 'heavy'}],
      {message: '"heavy" is not a number', where: 'row 2, column "mass (g)"'},
    ],
    [[{...row, 'mass (g)': '12'}], {hint: 'write 12 without quotes'}],
    [[{...row, island: 7}], {message: '7 is not text', hint: 'write it as text: "7"'}],
    [
      [{...row, iland: 'x'}],
      {message: 'no column named "iland"', hint: 'did you mean "island"?', where: 'row 1'},
    ],
    [
      [{'mass (g)': 1, Iland: 'x'}],
      {message: 'no column named "Iland"', hint: 'did you mean "island"?'},
    ],
    [
      [{island: 'x'}],
      {message: 'column "mass (g)" is missing', hint: 'send null where its value is unknown'},
    ],
    [[{'mass (g)': 1, island: 'x', constructor: 1}], {message: 'no column named "constructor"'}],
    [[['Dream']], {message: '1 values where 2 are expected', where: 'row 1'}],
    [
      {columns: {island: ['a', 'b'], 'mass (g)': [1]}},
      {message: 'column "mass (g)" has 1 values, and "island" has 2'},
    ],
    ['a,b,c', {message: '3 values where 2 are expected'}, 'text/csv'],
    ['Dream,x1', {message: '"x1" is not a number', where: 'row 1, column "mass (g)"'}, 'text/csv'],
    ['"Dream,1', {message: 'a quote is never closed', where: 'record 1'}, 'text/csv'],
    [
      'island,island\na,b',
      {message: 'the header names "island" twice'},
      'text/csv; header=present',
    ],
    ['x', {message: 'cannot read a request of type image/png'}, 'image/png'],
  ]
  for (const [body, error, type = 'application/json'] of cases) {
    const {status, text} = await post(server, body, {'content-type': type})
    expect({status, ...JSON.parse(text).error}, String(text)).toMatchObject({
      status: 400,
      code: 'bad-request',
      ...error,
    })
  }
})

test('a request beyond the limit is refused, declared or not', async () => {
  const {server} = await served()
  const large = `["${'x'.repeat(6 * 1024 * 1024)}"]`
  expect(await post(server, large)).toMatchObject({status: 413})
  const status = await new Promise<number | undefined>((done, fail) => {
    const sent = request(`${server.url}/invocations`, {method: 'POST'}, response => {
      response.resume()
      done(response.statusCode)
    })
    sent.on('error', fail)
    sent.write(large)
    sent.end()
  })
  expect(status).toBe(413)
  expect(await post(server, [row])).toMatchObject({status: 200})
})

test('bytes that are no text, wrong paths and wrong methods are refused', async () => {
  const {server} = await served()
  const bytes = await fetch(`${server.url}/invocations`, {
    method: 'POST',
    body: new Uint8Array([0xff, 0xfe]),
  })
  expect(bytes.status).toBe(400)
  expect((await fetch(`${server.url}/`)).status).toBe(404)
  expect((await fetch(`${server.url}/constructor`)).status).toBe(404)
  const get = await fetch(`${server.url}/invocations`)
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
})

test('ping, metrics and the description are there', async () => {
  const {server} = await served()
  await post(server, [row, {...row, island: null}])
  await post(server, '{')
  expect((await fetch(`${server.url}/ping`)).status).toBe(200)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  const labels = 'model_name="penguins",model_version="3"'
  expect(metrics).toContain(`bancada_rows_total{${labels}} 2`)
  expect(metrics).toContain(`bancada_requests_total{status="200",${labels}} 1`)
  expect(metrics).toContain(`bancada_requests_total{status="400",${labels}} 1`)
  expect(metrics).toContain(`bancada_missing_values_total{feature="island",${labels}} 1`)
  expect(metrics).toContain(`request_predict_seconds_count{${labels}} 1`)
  const openapi: unknown = await (await fetch(`${server.url}/openapi.json`)).json()
  expect(openapi).toMatchObject({
    components: {schemas: {Row: {required: ['island', 'mass (g)']}}},
  })
})

test('captured traffic can be compared with the training rows', async () => {
  const {server, capture, signature, spec, session} = await served()
  for (const {island, 'mass (g)': mass} of rows)
    await post(server, [{island, 'mass (g)': Number(mass) + 4000}], {
      'content-type': 'application/json',
      'x-amzn-sagemaker-inference-id': 'abc',
    })
  await post(server, 'Dream,9000', {'content-type': 'text/csv', accept: 'text/csv'})
  await server.stop()
  const [file] = (await readdir(capture, {recursive: true})).filter(name => name.endsWith('.jsonl'))
  expect(file).toMatch(/^\d{4}\/\d\d\/\d\d\/\d\d\/[-0-9a-f]+\.jsonl$/)
  const lines = (await readFile(join(capture, file!), 'utf8')).trim().split('\n')
  const first = captureRecord.parse(JSON.parse(lines[0]!))
  expect(first.eventMetadata.inferenceId).toBe('abc')
  const traffic = await readTraffic(capture, signature)
  expect(traffic).toMatchObject({batch: {rows: 41}, rejects: []})
  expect(traffic.answers).toHaveLength(41)
  const found = await drift(session, spec.baseline, {rows: batchRelation(signature, traffic.batch)})
  expect(found.features.map(f => [f.name, f.verdict])).toEqual([
    ['island', 'same'],
    ['mass (g)', 'drifted'],
  ])
})

test('a damaged line of captured traffic is left out and named', async () => {
  const {signature} = await sampleBundle()
  const folder = await temporaryFolder()
  await mkdir(join(folder, '2026'))
  const file = join(folder, '2026', 'a.jsonl')
  await writeFile(file, '{"captureData":\n')
  const {batch, rejects} = await readTraffic(folder, signature)
  expect(batch.rows).toBe(0)
  expect(rejects).toMatchObject([{where: `${file}:1`}])
})

test('a request under way is answered before the server ends', async () => {
  const {server} = await served()
  const body = JSON.stringify([row])
  const answer = new Promise<number | undefined>((done, fail) => {
    const sent = request(
      `${server.url}/invocations`,
      {method: 'POST', headers: {'content-length': Buffer.byteLength(body)}},
      response => {
        response.resume()
        done(response.statusCode)
      },
    )
    sent.on('error', fail)
    sent.write(body.slice(0, 5))
    // The server has the head of the request by the time that another one was answered.
    void fetch(`${server.url}/ping`).then(() => {
      process.kill(server.pid, 'SIGTERM')
      setTimeout(() => sent.end(body.slice(5)), 100)
    })
  })
  expect(await answer).toBe(200)
  expect(await server.ended).toBe(0)
})
