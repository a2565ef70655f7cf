// One parameter as a control. Which one, the schema tells; what no control can draw is written as text.
import {
  ActionIcon,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import {IconRestore} from '@tabler/icons-react'
import {type ReactNode, useEffect, useRef, useState} from 'react'
import type {ParamSchema} from '../../core/schema/kind.ts'
import type {Column} from '../../core/schema/table.ts'
import {type Translate, useParamWords, useT} from '../ui/i18n.ts'

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
        <Control {...props} label={label} description={words.description} />
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

type ControlProps = FieldProps & {label: ReactNode; description: string | undefined}

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

const shownDefault = (t: Translate, {schema}: FieldProps): string | undefined => {
  const {default: value} = schema
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  return t('form.default', {value: Array.isArray(value) ? value.join(', ') : plain(value)})
}

function OneColumn({label, description, value, columns, schema, readOnly, onChange}: ControlProps) {
  const t = useT()
  const fitting = columns.filter(({kind}) => schema.accepts?.includes(kind) ?? true)
  const names = [...new Set([...fitting.map(({name}) => name), ...(value ? [String(value)] : [])])]
  if (columns.length === 0)
    return (
      <Pending
        value={plain(value)}
        onCommit={text => onChange(text === '' ? undefined : text)}
        render={(text, set, commit) => (
          <TextInput
            label={label}
            description={description}
            placeholder={t('form.columnsNone')}
            readOnly={readOnly}
            value={text}
            onChange={event => set(event.currentTarget.value)}
            onBlur={commit}
          />
        )}
      />
    )
  return (
    <Select
      label={label}
      description={description}
      searchable
      readOnly={readOnly}
      data={names}
      value={value === undefined ? null : String(value)}
      onChange={chosen => onChange(chosen ?? undefined)}
    />
  )
}

function ManyColumns(props: ControlProps) {
  const {label, description, value, columns, schema, readOnly, onChange, required} = props
  const t = useT()
  const chosen = Array.isArray(value) ? value.map(String) : []
  const fitting = columns.filter(({kind}) => schema.accepts?.includes(kind) ?? true)
  const placeholder =
    chosen.length > 0 || required || Array.isArray(schema.default)
      ? undefined
      : columns.length === 0
        ? t('form.columnsNone')
        : t('form.columnsAll')
  const shared = {
    label,
    description,
    placeholder,
    readOnly,
    value: chosen,
    onChange: (names: string[]) => onChange(names.length === 0 ? undefined : names),
  }
  if (columns.length === 0) return <TagsInput {...shared} />
  const names = [...new Set([...fitting.map(({name}) => name), ...chosen])]
  return <MultiSelect {...shared} data={names} searchable hidePickedOptions />
}

function Tags(props: ControlProps) {
  const {label, description, value, readOnly, onChange} = props
  const t = useT()
  return (
    <TagsInput
      label={label}
      description={description}
      placeholder={shownDefault(t, props)}
      readOnly={readOnly}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={list => onChange(list.length === 0 ? undefined : list)}
    />
  )
}

function OnOff({label, description, value, schema, readOnly, onChange}: ControlProps) {
  const on = value === undefined ? schema.default === true : value === true
  return (
    <Switch
      label={label}
      description={description}
      checked={on}
      disabled={readOnly}
      onChange={event => onChange(event.currentTarget.checked)}
    />
  )
}

function Choice(props: ControlProps & {options: string[]}) {
  const {label, description, value, schema, options, readOnly, onChange} = props
  const t = useT()
  return (
    <Select
      label={label}
      description={description}
      placeholder={shownDefault(t, props)}
      readOnly={readOnly}
      data={[...new Set([...options, ...(typeof value === 'string' ? [value] : [])])]}
      value={typeof value === 'string' ? value : null}
      onChange={chosen => onChange(chosen ?? undefined)}
      clearable={schema.default === undefined && value !== undefined}
    />
  )
}

function Figure(props: ControlProps) {
  const {label, description, value, schema, readOnly, onChange} = props
  const t = useT()
  const low = schema.minimum ?? schema.exclusiveMinimum
  const high = schema.maximum ?? schema.exclusiveMaximum
  return (
    <Pending
      value={value === undefined ? '' : plain(value)}
      onCommit={text => onChange(text === '' ? undefined : Number(text))}
      render={(text, set, commit) => (
        <NumberInput
          label={label}
          description={description}
          placeholder={shownDefault(t, props)}
          readOnly={readOnly}
          min={low}
          max={high}
          clampBehavior="none"
          allowDecimal={schema.type !== 'integer'}
          value={text}
          onChange={next => set(String(next))}
          onBlur={commit}
        />
      )}
    />
  )
}

function Typed({
  toText,
  toValue,
  lines,
  hint,
  ...props
}: ControlProps & {
  toText: (value: unknown) => string
  /** Throws for a text that is no value. */
  toValue: (text: string) => unknown
  lines?: boolean
  hint?: string
}) {
  const {label, description, value, readOnly, onChange} = props
  const t = useT()
  const [fault, setFault] = useState<string>()
  const Input = lines ? Textarea : TextInput
  return (
    <Pending
      value={value === undefined ? '' : toText(value)}
      onCommit={text => {
        try {
          onChange(text.trim() === '' ? undefined : toValue(text))
          setFault(undefined)
        } catch (error) {
          setFault(String((error as Error).message))
        }
      }}
      render={(text, set, commit) => (
        <Input
          label={label}
          description={description}
          placeholder={shownDefault(t, props) ?? hint}
          readOnly={readOnly}
          error={fault}
          value={text}
          onChange={(event: {currentTarget: {value: string}}) => set(event.currentTarget.value)}
          onBlur={commit}
          {...(lines && {autosize: true, minRows: 1, maxRows: 12})}
        />
      )}
    />
  )
}

/** Milliseconds without a key after which what is typed goes into the document. */
const pause = 400

/** Keeps what is being typed, and hands it on after a pause or when the field is left. */
function Pending({
  value,
  onCommit,
  render,
}: {
  value: string
  onCommit: (text: string) => void
  render: (text: string, set: (text: string) => void, commit: () => void) => ReactNode
}) {
  const [typed, setTyped] = useState<string>()
  const timer = useRef<number>(undefined)
  const latest = useRef({typed, onCommit, value})
  latest.current = {typed, onCommit, value}
  const commit = () => {
    clearTimeout(timer.current)
    const {typed: text, onCommit: hand, value: old} = latest.current
    if (text !== undefined && text !== old) hand(text)
    if (text === old) setTyped(undefined)
  }
  // The document has it now, or says something else.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new value ends the typing
  useEffect(() => setTyped(undefined), [value])
  // A field that goes away takes nothing with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at the end only
  useEffect(() => commit, [])
  return render(
    typed ?? value,
    text => {
      setTyped(text)
      clearTimeout(timer.current)
      timer.current = window.setTimeout(() => commit(), pause)
    },
    commit,
  )
}

const plain = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
const asString = (text: string) => text
const listText = (value: unknown) => (Array.isArray(value) ? value.join(', ') : plain(value))
const listValue = (text: string) =>
  text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(scalarOf)
const jsonText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return scalarOf(text)
  }
}

/** A text as the number, truth value or text that it looks like. */
function scalarOf(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text
}
