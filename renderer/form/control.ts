// What every control of a parameter is given.
import type {ReactNode} from 'react'
import type {ParamSchema} from '../../core/schema/kind.ts'
import type {Column} from '../../core/schema/table.ts'
import type {Translate} from '../ui/i18n.ts'
import {plain} from './texts.ts'

export type FieldProps = {
  kind: string
  name: string
  schema: ParamSchema
  /** As written in the document; `undefined` where it is not. */
  value: unknown
  required: boolean
  /** What arrives at the cell, for fields that name columns. */
  columns: readonly Column[]
  readOnly: boolean
  /** `undefined` takes the parameter out of the document. */
  onChange: (value: unknown) => void
}

export type ControlProps = FieldProps & {label: ReactNode; description: ReactNode}

/** What holds where nothing is set, as a placeholder. */
export const shownDefault = (t: Translate, {schema}: FieldProps): string | undefined => {
  const {default: value} = schema
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  return t('form.default', {value: Array.isArray(value) ? value.join(', ') : plain(value)})
}
