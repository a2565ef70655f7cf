// Controls for parameters of plain types: a list of words, a switch, a choice, a number, a text.
import {NumberInput, Select, Switch, TagsInput, Textarea, TextInput} from '@mantine/core'
import {useState} from 'react'
import {useT} from '../ui/i18n.ts'
import {type ControlProps, shownDefault} from './control.ts'
import {Pending} from './pending.tsx'
import {plain} from './texts.ts'

export function Tags(props: ControlProps) {
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

export function OnOff({label, description, value, schema, readOnly, onChange}: ControlProps) {
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

export function Choice(props: ControlProps & {options: string[]}) {
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

export function Figure(props: ControlProps) {
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

export function Typed({
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
