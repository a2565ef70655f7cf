// Answers as a response body: JSON, JSON lines or CSV, as the request's Accept header asks.
import type {Signature} from '../schema/model.ts'
import type {Answer} from './answer.ts'
import {csvLine} from './csv.ts'
import {type MediaType, mediaType, mediaTypes} from './request.ts'

export type Body = {type: string; text: string}

/** The first media type in an Accept header that can be written; JSON where it names none of them. */
export function accepted(header = ''): {type: MediaType; header: boolean} {
  for (const part of header.split(',')) {
    const wanted = mediaType(part.trim() || undefined)
    const type = mediaTypes.find(known => known === wanted.type)
    if (type) return {type, header: wanted.header}
  }
  return {type: 'application/json', header: false}
}

/**
 * Infinity, which JSON cannot say, becomes text. CSV has the prediction and then one probability for each
 * class, in the signature's order; `text/csv; header=present` puts their names above.
 */
export function respond(
  answers: readonly Answer[],
  accept: string | undefined,
  signature: Pick<Signature, 'task' | 'classes'>,
): Body {
  const {type, header} = accepted(accept)
  switch (type) {
    case 'application/json':
      return {type, text: JSON.stringify({predictions: answers}, finite)}
    case 'application/jsonlines':
      return {type, text: answers.map(answer => `${JSON.stringify(answer, finite)}\n`).join('')}
    case 'text/csv': {
      const lines = answers.map(answer => fields(answer, signature))
      if (header) lines.unshift(names(signature))
      return {
        type: header ? 'text/csv; header=present' : type,
        text: lines.map(line => `${csvLine(line)}\n`).join(''),
      }
    }
  }
}

/** For JSON.stringify: numbers that JSON has no word for. */
export const finite = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

function names({task, classes = []}: Pick<Signature, 'task' | 'classes'>): string[] {
  if (task === 'classification') return ['prediction', ...classes]
  return task === 'regression' ? ['prediction'] : ['cluster', 'distance']
}

function fields(answer: Answer, {task, classes = []}: Pick<Signature, 'task' | 'classes'>) {
  if ('cluster' in answer) return [answer.cluster, answer.distance]
  if ('probabilities' in answer)
    return [answer.prediction, ...classes.map(label => answer.probabilities[label])]
  // No answer is a line of empty fields, as wide as the others.
  return answer.prediction === null ? names({task, classes}).map(() => null) : [answer.prediction]
}
