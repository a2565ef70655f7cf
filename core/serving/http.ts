// The HTTP face of a bundle: SageMaker's container contract, metrics and the API's description.
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import {AppError, type Fault, faultOf, toFault} from '../error.ts'
import {type Phrase, says} from '../words/says.ts'
import type {Capture} from './capture.ts'
import type {openMetrics} from './metrics.ts'
import {readRequest} from './request.ts'
import {type Body, respond} from './respond.ts'
import type {Scorer} from './scorer.ts'

/** SageMaker's limit of a real-time request. */
export const maxBytes = 6 * 1024 * 1024

export type HttpSpec = {
  scorer: Scorer
  metrics: ReturnType<typeof openMetrics>
  /** The text of `openapi.json`. */
  openapi: string
  capture?: Capture | undefined
  /** Largest body of a request, in bytes. */
  limit?: number
  /** Where an error that is no fault of the caller is written. */
  report?: (error: unknown) => void
}

/** A server that is not listening yet. */
export function createHttp({
  scorer,
  metrics,
  openapi,
  capture,
  limit = maxBytes,
  report = () => {},
}: HttpSpec): Server {
  async function invoke(request: IncomingMessage): Promise<Body> {
    const {signature} = scorer
    const {'content-type': type, accept} = request.headers
    const body = await readBody(request, limit)
    const read = metrics.preprocess.startTimer()
    const batch = readRequest(type, body, signature)
    read()
    const predict = metrics.predict.startTimer()
    const answers = await scorer.score(batch)
    predict()
    const write = metrics.postprocess.startTimer()
    metrics.scored(signature.inputs, batch, answers)
    const answer = respond(answers, accept, signature)
    write()
    const inferenceId = request.headers['x-amzn-sagemaker-inference-id']
    capture?.keep({
      input: {type: type ?? 'application/json', data: body},
      output: {type: answer.type, data: answer.text},
      inferenceId: Array.isArray(inferenceId) ? inferenceId[0] : inferenceId,
    })
    return answer
  }

  const routes: Record<string, Record<string, (request: IncomingMessage) => Promise<Body>>> = {
    '/ping': {GET: async () => ({type: 'text/plain', text: ''})},
    '/metrics': {GET: async () => ({type: metrics.contentType, text: await metrics.text()})},
    '/openapi.json': {GET: async () => ({type: 'application/json', text: openapi})},
    '/invocations': {
      POST: async request => {
        metrics.inFlight.inc()
        try {
          return await invoke(request)
        } finally {
          metrics.inFlight.dec()
        }
      },
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const path = (request.url ?? '/').split('?')[0]!
    const methods = Object.hasOwn(routes, path) ? routes[path]! : undefined
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    const route = methods && Object.hasOwn(methods, method) ? methods[method] : undefined
    let status = 200
    try {
      if (!methods)
        throw new Refusal(
          404,
          says`there is nothing at ${path}`,
          says`try ${Object.keys(routes).join(', ')}`,
        )
      if (!route) {
        response.setHeader('allow', Object.keys(methods).join(', '))
        throw new Refusal(405, says`${path} does not take ${method}`)
      }
      const body = await route(request)
      // A server that is closing must not be held up by the connection of its last answer.
      if (!server.listening) response.setHeader('connection', 'close')
      send(response, 200, body)
    } catch (error) {
      status = statusOf(error)
      if (status === 500) report(error)
      // What is left of a body that was refused must not be read as the next request.
      if (!request.complete) response.setHeader('connection', 'close')
      const body = status === 500 ? hidden : {error: toFault(error)}
      send(response, status, {type: 'application/json', text: JSON.stringify(body)})
    }
    if (path === '/invocations') metrics.answered(status)
  }

  const server = createServer((request, response) => void handle(request, response))
  return server
}

/** A refusal that is HTTP's own matter. */
class Refusal extends AppError {
  readonly status: number
  constructor(status: number, message: Phrase, hint?: Phrase) {
    super('bad-request', message, {hint})
    this.status = status
  }
}

// What went wrong inside is for the operator's log, not for a caller.
const hidden: {error: Fault} = {
  error: faultOf('internal', says`the model failed; see the log of the server`),
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status
  return error instanceof AppError && error.code === 'bad-request' ? 400 : 500
}

function send(response: ServerResponse, status: number, {type, text}: Body) {
  response.writeHead(status, {'content-type': type, 'content-length': Buffer.byteLength(text)})
  // Text goes out in one write with the head; bytes would take two.
  response.end(response.req.method === 'HEAD' ? undefined : text)
}

/** Up to how many times the limit a body that is refused is still read. */
const patience = 8

async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const tooLarge = () =>
    new Refusal(
      413,
      says`the request is larger than ${limit / 1024 / 1024} MB`,
      says`send fewer rows at a time`,
    )
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    // Most clients read no answer before they have sent everything, so a body that is a little too large is
    // read to its end and thrown away; beyond that the server hangs up.
    else if (size > limit * patience) break
    else chunks.length = 0
  }
  if (size > limit) throw tooLarge()
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(Buffer.concat(chunks))
  } catch {
    throw new Refusal(400, says`the request is not UTF-8 text`)
  }
}
