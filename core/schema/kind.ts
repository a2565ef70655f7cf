// What a client knows of a kind of cell: enough for a palette, a form and a canvas node.
import type {ParamMeta} from './params.ts'
import type {Port} from './value.ts'

/** JSON Schema of a cell kind's parameters, with what forms need beside it. */
export type ParamSchema = ParamMeta & {
  type?: string | string[]
  properties?: Record<string, ParamSchema>
  required?: string[]
  items?: ParamSchema
  anyOf?: ParamSchema[]
  oneOf?: ParamSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minItems?: number
  maxItems?: number
  minLength?: number
  additionalProperties?: boolean | ParamSchema
  prefixItems?: ParamSchema[]
}

export type KindInfo = {
  kind: string
  title: string
  doc: string
  /** Where a palette lists it: a step's own group, or `data`, `models`, `review`. */
  group: string
  language: 'sql' | 'ts' | 'yaml'
  ports: {in: {min: number; max: number; accepts: readonly Port[]}; out: Port | 'same'}
  params: ParamSchema
  /** It is read and kept, and does not run yet. */
  later?: boolean
}
