// One parameter as a control. Which one, the schema tells; what no control can draw is written as text.
import {ActionIcon, Group, Text, Tooltip} from '@mantine/core'
import {IconRestore} from '@tabler/icons-react'
import type {ParamSchema} from '../../core/schema/kind.ts'
import {useParamWords, useT} from '../ui/i18n.ts'
import {withCode} from '../ui/with-code.tsx'
import {ManyColumns, OneColumn} from './columns.tsx'
import type {ControlProps, FieldProps} from './control.ts'
import {Choice, Figure, OnOff, Tags, Typed} from './controls.tsx'
import {asString, jsonText, jsonValue, listText, listValue, plain, scalarOf} from './texts.ts'

export function Field(props: FieldProps) {
  const t = useT()
  const {kind, name, schema, value, required, readOnly, onChange} = props
  const words = useParamWords(kind, name, schema.description)
  const label = (
    <Group gap={4} component="span" wrap="nowrap" display="inline-flex">
      <span>{words.label}</span>
      {required && value === undefined && (
        <Text span size="xs" c="var(--bancada-warn)">
          ({t('form.required')})
        </Text>
      )}
    </Group>
  )
  return (
    <Group align="flex-end" gap={4} wrap="nowrap">
      <div style={{flex: 1, minWidth: 0}}>
        <Control
          {...props}
          label={label}
          description={words.description && withCode(words.description)}
        />
      </div>
      {value !== undefined && !required && !readOnly && (
        <Tooltip label={t('form.reset')}>
          <ActionIcon
            aria-label={`${t('form.reset')}: ${words.label}`}
            onClick={() => onChange(undefined)}
          >
            <IconRestore size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  )
}

function Control(props: ControlProps) {
  const {schema, value} = props
  const t = useT()
  const {type, widget} = schema
  const options = schema.enum ?? optionsOf(schema)
  if (widget === 'column') return <OneColumn {...props} />
  if (widget === 'columns') return <ManyColumns {...props} />
  if (type === 'boolean') return <OnOff {...props} />
  if (options?.every(option => typeof option === 'string'))
    return <Choice {...props} options={options as string[]} />
  if (type === 'number' || type === 'integer') return <Figure {...props} />
  if (widget === 'sql') return <Typed {...props} toText={plain} toValue={asString} lines />
  if (type === 'string') return <Typed {...props} toText={plain} toValue={asString} />
  if (type === 'array' && isScalar(schema.items) && isFlat(value))
    return schema.items?.type === 'string' ? (
      <Tags {...props} />
    ) : (
      <Typed {...props} toText={listText} toValue={listValue} hint={t('form.listHint')} />
    )
  if (Array.isArray(type) || schema.anyOf?.every(isScalar))
    return <Typed {...props} toText={plain} toValue={scalarOf} />
  return <Typed {...props} toText={jsonText} toValue={jsonValue} lines hint="JSON" />
}

/** The values of a choice that is written as alternatives. */
const optionsOf = ({anyOf, oneOf}: ParamSchema): unknown[] | undefined => {
  const all = anyOf ?? oneOf
  return all?.every(one => one.const !== undefined) ? all.map(one => one.const) : undefined
}

const isScalar = (schema: ParamSchema | undefined): boolean =>
  schema !== undefined &&
  (Array.isArray(schema.type) ||
    ['string', 'number', 'integer', 'boolean'].includes(schema.type ?? ''))

const isFlat = (value: unknown) =>
  value === undefined || (Array.isArray(value) && value.every(one => typeof one !== 'object'))
