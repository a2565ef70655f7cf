// The HTTP interface of one model, described by OpenAPI 3.1 from its signature.
import type {BundleSignature} from '../schema/bundle.ts'
import {imageShape, shapeWords} from '../schema/image.ts'
import type {Column} from '../schema/table.ts'

type Schema = Record<string, unknown>

/** The document that `/openapi.json` gives. `example`: a row for the documentation. */
export function openapi(signature: BundleSignature, example?: Record<string, unknown>) {
  const row = rowSchema(signature)
  const rows = {type: 'array', items: {$ref: '#/components/schemas/Row'}, minItems: 1}
  const columns = Object.fromEntries(
    signature.inputs.map(column => [column.name, {type: 'array', items: valueSchema(column)}]),
  )
  const text = (description: string) => ({schema: {type: 'string'}, description})
  return {
    openapi: '3.1.0',
    info: {title: signature.name, version: String(signature.version)},
    paths: {
      '/invocations': {
        post: {
          summary: summaries[signature.task],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    rows,
                    {type: 'object', properties: {rows}, required: ['rows']},
                    {type: 'object', properties: {instances: rows}, required: ['instances']},
                    {
                      type: 'object',
                      properties: {columns: {type: 'object', properties: columns}},
                      required: ['columns'],
                    },
                  ],
                },
                ...(example ? {example: {rows: [example]}} : {}),
              },
              'application/jsonlines': text('One row a line.'),
              'text/csv': text(
                `In this order: ${signature.inputs.map(c => c.name).join(', ')}. With "; header=present" the first line names the columns.`,
              ),
            },
          },
          responses: {
            200: {
              description: 'One answer for each row, in order.',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: {
                      predictions: {type: 'array', items: {$ref: '#/components/schemas/Answer'}},
                    },
                    required: ['predictions'],
                  },
                },
                'application/jsonlines': text('One answer a line.'),
                'text/csv': text('One answer a line.'),
              },
            },
            400: problem('The rows do not fit; tells row, column and a way out.'),
            413: problem('The request is too large.'),
            500: problem('The model failed.'),
          },
        },
      },
      '/ping': {get: {summary: 'Is it ready?', responses: {200: {description: 'It is.'}}}},
      '/metrics': {
        get: {summary: 'Metrics for Prometheus', responses: {200: {description: 'Metrics.'}}},
      },
    },
    components: {schemas: {Row: row, Answer: answerSchema(signature), Problem: problemSchema}},
  }
}

const summaries = {
  classification: 'Class and probabilities of each row',
  regression: 'Value of each row',
  clustering: 'Cluster of each row',
}

const rowSchema = ({inputs, ignores}: BundleSignature): Schema => ({
  type: 'object',
  properties: {
    ...Object.fromEntries(inputs.map(column => [column.name, valueSchema(column)])),
    ...Object.fromEntries(ignores.map(name => [name, {description: 'Allowed and not read.'}])),
  },
  required: inputs.map(column => column.name),
  additionalProperties: false,
})

function valueSchema({kind, type}: Column): Schema {
  switch (kind) {
    case 'number':
      return {anyOf: [{type: ['number', 'null']}, {enum: ['NaN', 'Infinity', '-Infinity']}]}
    case 'boolean':
      return {type: ['boolean', 'null']}
    case 'date':
      return {type: ['string', 'null'], format: type === 'DATE' ? 'date' : 'date-time'}
    case 'image':
      return {
        description: `An image of ${shapeWords(imageShape(type)!)}: a PNG or JPEG file of any size as base64 text or as a data URL, or its pixels in lists, row by row, 0 to 255.`,
        anyOf: [{type: ['string', 'null'], contentEncoding: 'base64'}, {type: 'array'}],
      }
    default:
      return {type: ['string', 'null']}
  }
}

function answerSchema({task, classes = []}: BundleSignature): Schema {
  const none = {
    type: 'object',
    description: 'A value that the model cannot do without is missing.',
    properties: {prediction: {type: 'null'}},
    required: ['prediction'],
  }
  const number = {anyOf: [{type: 'number'}, {enum: ['Infinity', '-Infinity']}]}
  const shapes: Record<BundleSignature['task'], Record<string, Schema>> = {
    classification: {
      prediction: {enum: classes},
      probabilities: {
        type: 'object',
        properties: Object.fromEntries(classes.map(label => [label, {type: 'number'}])),
      },
    },
    regression: {prediction: number},
    clustering: {cluster: {type: 'integer'}, distance: number},
  }
  const properties = shapes[task]
  return {anyOf: [{type: 'object', properties, required: Object.keys(properties)}, none]}
}

const problemSchema: Schema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: Object.fromEntries(
        ['code', 'message', 'hint', 'where'].map(name => [name, {type: 'string'}]),
      ),
      required: ['code', 'message'],
    },
  },
  required: ['error'],
}

const problem = (description: string) => ({
  description,
  content: {'application/json': {schema: {$ref: '#/components/schemas/Problem'}}},
})
