// The form of a step, a model …: drawn from its parameter schema, written into the document value by value.
import {Alert, Button, Collapse, Stack} from '@mantine/core'
import {IconCode, IconForms} from '@tabler/icons-react'
import {memo, useMemo, useState} from 'react'
import type {ParamSchema} from '../../core/schema/kind.ts'
import type {CellBlock} from '../../core/schema/live.ts'
import {incomingColumns} from '../state/columns.ts'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import {BodyText} from './body-text.tsx'
import {Field} from './field.tsx'

/** How many fields are shown before the rest waits behind "more". */
const few = 8

export const CellForm = memo(function CellForm({cell}: {cell: CellBlock}) {
  const t = useT()
  const schema = useStore(state => state.kinds[cell.kind]?.params)
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const [asText, setAsText] = useState(false)
  const [all, setAll] = useState(false)
  const fields = Object.entries(schema?.properties ?? {})
  const readable = cell.params !== undefined && fields.length > 0
  if (asText || !readable)
    return (
      <Stack gap="xs">
        {cell.params === undefined && (
          <Alert variant="outline" p="xs">
            {t('form.unreadable')}
          </Alert>
        )}
        <BodyText id={cell.id} label={t('form.textHint')} readOnly={readOnly} />
        {readable && <Switch asText onClick={() => setAsText(false)} label={t('form.asForm')} />}
      </Stack>
    )
  const params = cell.params!
  // What is needed or set comes first; the order within each is the schema's.
  const [first, rest] = shownFirst(fields, params, schema?.required ?? [])
  return (
    <Stack gap="xs">
      <Fields cell={cell} fields={first} params={params} readOnly={readOnly} />
      {rest.length > 0 && (
        <>
          <Collapse expanded={all}>
            <Stack gap="xs">
              {all && <Fields cell={cell} fields={rest} params={params} readOnly={readOnly} />}
            </Stack>
          </Collapse>
          <Button variant="subtle" w="fit-content" aria-expanded={all} onClick={() => setAll(!all)}>
            {t('form.more')} ({rest.length})
          </Button>
        </>
      )}
      <Switch onClick={() => setAsText(true)} label={t('form.asText')} />
    </Stack>
  )
})

function Switch({asText, label, onClick}: {asText?: boolean; label: string; onClick: () => void}) {
  const Icon = asText ? IconForms : IconCode
  return (
    <Button
      variant="subtle"
      color="gray"
      w="fit-content"
      leftSection={<Icon size={14} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}

type Named = [name: string, schema: ParamSchema]

function shownFirst(
  fields: Named[],
  params: Record<string, unknown>,
  required: readonly string[],
): [Named[], Named[]] {
  if (fields.length <= few) return [fields, []]
  const important = ([name]: Named) =>
    required.includes(name) || params[name] !== undefined || ['target', 'columns'].includes(name)
  const chosen = new Set(fields.filter(important).map(([name]) => name))
  for (const [name] of fields) if (chosen.size < few) chosen.add(name)
  return [fields.filter(([name]) => chosen.has(name)), fields.filter(([name]) => !chosen.has(name))]
}

function Fields({
  cell,
  fields,
  params,
  readOnly,
}: {
  cell: CellBlock
  fields: Named[]
  params: Record<string, unknown>
  readOnly: boolean
}) {
  const edit = useStore(state => state.edit)
  const status = useStore(state => state.doc?.status)
  const edges = useStore(state => state.doc?.edges)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the columns are found in
  const columns = useMemo(() => {
    const {doc} = useStore.getState()
    return doc ? incomingColumns(doc, cell.name) : []
  }, [cell.name, status, edges])
  const required = useStore(state => state.kinds[cell.kind]?.params.required)
  return fields.map(([name, schema]) => (
    <Field
      key={name}
      kind={cell.kind}
      name={name}
      schema={schema}
      value={params[name]}
      required={required?.includes(name) ?? false}
      columns={columns}
      readOnly={readOnly}
      onChange={value => void edit({do: 'param', cell: cell.id, path: [name], value})}
    />
  ))
}
