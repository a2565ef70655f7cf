// What the served program tells Prometheus: KServe's names where it has them, and our own.
import {Counter, collectDefaultMetrics, Gauge, Histogram, Registry} from 'prom-client'
import {missingText} from '../onnx/frame.ts'
import type {Column} from '../schema/table.ts'
import type {Answer} from './answer.ts'
import type {Batch} from './request.ts'

// From 50 µs, for a small model inline, to a minute, SageMaker's limit.
const buckets = [
  0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
  5, 10, 60,
]

/** The metrics of one model. */
export function openMetrics(model: string, version: number) {
  const registry = new Registry()
  registry.setDefaultLabels({model_name: model, model_version: String(version)})
  collectDefaultMetrics({register: registry})
  const registers = [registry]
  const seconds = (name: string, help: string) => new Histogram({name, help, buckets, registers})
  const preprocess = seconds('request_preprocess_seconds', 'Time to read and check a request')
  const predict = seconds('request_predict_seconds', 'Time to prepare the rows and run the model')
  const postprocess = seconds('request_postprocess_seconds', 'Time to write the answer')
  const requests = new Counter({
    name: 'bancada_requests_total',
    help: 'Requests to /invocations by HTTP status',
    labelNames: ['status'],
    registers,
  })
  const rows = new Counter({name: 'bancada_rows_total', help: 'Rows answered', registers})
  const missing = new Counter({
    name: 'bancada_missing_values_total',
    help: 'Missing values by input',
    labelNames: ['feature'],
    registers,
  })
  const predictions = new Counter({
    name: 'bancada_predictions_total',
    help: 'Answers by predicted class or cluster; "none" where a needed value was missing',
    labelNames: ['prediction'],
    registers,
  })
  const inFlight = new Gauge({
    name: 'bancada_requests_in_flight',
    help: 'Requests being answered',
    registers,
  })
  const captureFailures = new Counter({
    name: 'bancada_capture_failures_total',
    help: 'Captured records that could not be written',
    registers,
  })

  return {
    preprocess,
    predict,
    postprocess,
    inFlight,
    captureFailures,
    answered: (status: number) => requests.inc({status: String(status)}),
    scored(inputs: readonly Column[], batch: Batch, answers: readonly Answer[]) {
      rows.inc(batch.rows)
      for (const [i, {name}] of inputs.entries()) {
        const n = countMissing(batch.columns[i]!)
        if (n > 0) missing.inc({feature: name}, n)
      }
      for (const answer of answers) {
        const label = labelOf(answer)
        if (label !== undefined) predictions.inc({prediction: label})
      }
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

const countMissing = (values: Batch['columns'][number]): number => {
  let n = 0
  for (const value of values) if (value === missingText || Number.isNaN(value)) n++
  return n
}

function labelOf(answer: Answer): string | undefined {
  if ('cluster' in answer) return String(answer.cluster)
  if (answer.prediction === null) return 'none'
  return typeof answer.prediction === 'string' ? answer.prediction : undefined
}
