// Every kind of cell as data: what palettes, forms and the canvas are drawn from.
import {z} from 'zod'
import {models} from '../models/index.ts'
import type {KindInfo, ParamSchema} from '../schema/kind.ts'
import {ports} from '../schema/value.ts'
import {steps} from '../steps/index.ts'
import {kinds, later} from './cells/index.ts'

/** All kinds in the order in which a palette lists them. */
export function kindInfos(): KindInfo[] {
  const known = Object.values(kinds).map(
    ({kind, title, doc, ports, params}): KindInfo => ({
      kind,
      title,
      doc,
      group: groupOf(kind),
      language: kind === 'sql' ? 'sql' : 'yaml',
      ports: {in: {...ports.in, max: Math.min(ports.in.max, 1000)}, out: ports.out},
      params: schemaOf(params),
    }),
  )
  const notYet = [...later].map(
    (kind): KindInfo => ({
      kind,
      title: kind === 'ts' ? 'TypeScript' : 'Chart',
      doc: '',
      group: 'review',
      language: kind === 'ts' ? 'ts' : 'yaml',
      ports: {in: {min: 0, max: 1000, accepts: ports}, out: 'table'},
      params: {},
      later: true,
    }),
  )
  return [...known, ...notYet]
}

function groupOf(kind: string): string {
  if (steps[kind]) return steps[kind].group
  if (models[kind]) return 'models'
  return ['source', 'images', 'sql', 'split'].includes(kind) ? 'data' : 'review'
}

function schemaOf(params: z.ZodType): ParamSchema {
  // What a user writes, before defaults are filled in. What JSON Schema cannot say stays open.
  return z.toJSONSchema(params, {io: 'input', unrepresentable: 'any'}) as ParamSchema
}
