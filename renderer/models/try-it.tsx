// The version's own bundle, started here: one row from a form, or many from a file; answers and how long they took.
import {
  Box,
  Button,
  FileButton,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import {useEffect, useRef, useState} from 'react'
import {AppError, type Fault, toFault} from '../../core/error.ts'
import type {BundleSignature} from '../../core/schema/bundle.ts'
import type {ModelVersion} from '../../core/schema/registry.ts'
import type {Column} from '../../core/schema/table.ts'
import {says} from '../../core/words/says.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {type Row, rowsOfFile} from './csv.ts'
import {ImageField} from './image-field.tsx'
import css from './models.module.css'
import {isUnpackaged, PackageFirst} from './package-first.tsx'
import {Rehearsal} from './rehearsal.tsx'
import {typedRow} from './typed.ts'

type Started = {id: string; signature: BundleSignature; examples: Row[]}
type Answered = {rows: Row[]; answers: Row[]; ms: number}

/** A file of more rows is no trial. */
const mostRows = 10_000
const mostShown = 200
const mostLikely = 5
/** Characters of a row that the pointer shows. */
const mostTitle = 500

const isDataUrl = (value: unknown) => typeof value === 'string' && value.startsWith('data:image/')

export function TryIt({version}: {version: ModelVersion}) {
  const t = useT()
  const {started, fault, busy, start, stop} = useBundle(version)
  return (
    <Stack gap="md">
      <Group gap="xs">
        {started ? (
          <Button variant="default" onClick={stop}>
            {t('models.try.stop')}
          </Button>
        ) : (
          <Button onClick={start} loading={busy}>
            {t('models.try.start')}
          </Button>
        )}
        <Text size="sm" c="dimmed" role="status">
          {t(started ? 'models.try.running' : busy ? 'models.try.starting' : 'models.try.about')}
        </Text>
      </Group>
      {fault &&
        (isUnpackaged(fault) ? (
          <PackageFirst version={version} onPackaged={start} />
        ) : (
          <FaultAlert fault={fault} />
        ))}
      {started && <Asking key={started.id} started={started} />}
      <Rehearsal version={version} />
    </Stack>
  )
}

function useBundle({model: name, version}: ModelVersion) {
  const [started, setStarted] = useState<Started>()
  const [fault, setFault] = useState<Fault>()
  const [busy, setBusy] = useState(false)
  const running = useRef<string>(undefined)
  const gone = useRef(false)

  const end = (id: string) =>
    void store
      .getState()
      .call('bundle.stop', {id})
      .catch(error => {
        if (!gone.current) setFault(toFault(error))
      })
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
      if (running.current !== undefined)
        void store
          .getState()
          .call('bundle.stop', {id: running.current})
          .catch(() => {
            // The host ends what a window leaves behind.
          })
    }
  }, [])

  const start = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      const found = await store.getState().call('bundle.start', {name, version})
      if (gone.current) return end(found.id)
      running.current = found.id
      setStarted(found)
    } catch (error) {
      setFault(toFault(error))
    } finally {
      setBusy(false)
    }
  }
  const stop = () => {
    if (running.current !== undefined) end(running.current)
    running.current = undefined
    setStarted(undefined)
  }
  return {started, fault, busy, start: () => void start(), stop}
}

function Asking({started}: {started: Started}) {
  const t = useT()
  const {id, signature, examples} = started
  const [fields, setFields] = useState<Record<string, string>>(() =>
    Object.fromEntries(signature.inputs.map(({name}) => [name, String(examples[0]?.[name] ?? '')])),
  )
  const [answered, setAnswered] = useState<Answered>()
  const [fault, setFault] = useState<Fault>()
  const [busy, setBusy] = useState(false)

  const ask = async (make: () => Promise<Row[]> | Row[]) => {
    setBusy(true)
    setFault(undefined)
    try {
      const rows = (await make()).map(row => typedRow(signature.inputs, row))
      if (rows.length > mostRows)
        throw new AppError('bad-data', says`${rows.length} rows are too many for a trial`, {
          hint: says`give ${mostRows} at most`,
        })
      const {answers, ms} = await store.getState().call('bundle.ask', {id, rows})
      setAnswered({rows, answers, ms})
    } catch (error) {
      setFault(toFault(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap="sm">
      <form
        onSubmit={event => {
          event.preventDefault()
          void ask(() => [fields])
        }}
      >
        <SimpleGrid cols={{base: 1, sm: 2, md: 3}} spacing="xs">
          {signature.inputs.map(column => (
            <Field
              key={column.name}
              column={column}
              value={fields[column.name] ?? ''}
              examples={examples}
              onChange={value => setFields(now => ({...now, [column.name]: value}))}
            />
          ))}
        </SimpleGrid>
        <Group mt="sm" gap="xs">
          <Button type="submit" disabled={busy}>
            {t('models.try.ask')}
          </Button>
          <FileButton
            accept=".csv,.json,.jsonl,.ndjson"
            onChange={file =>
              file && void ask(async () => rowsOfFile(file.name, await file.text()))
            }
          >
            {props => (
              <Button variant="default" disabled={busy} {...props}>
                {t('models.try.file')}
              </Button>
            )}
          </FileButton>
        </Group>
      </form>
      {fault && <FaultAlert fault={fault} />}
      {busy && <Loading />}
      {answered && !busy && <Answers inputs={signature.inputs} answered={answered} />}
    </Stack>
  )
}

function Field({
  column,
  value,
  examples,
  onChange,
}: {
  column: Column
  value: string
  examples: readonly Row[]
  onChange: (value: string) => void
}) {
  const t = useT()
  const {name, type, kind} = column
  if (kind === 'image') {
    const given = examples.flatMap(row => (row[name] == null ? [] : [String(row[name])]))
    return <ImageField {...{column, value, onChange}} examples={given} />
  }
  if (kind === 'boolean')
    return (
      <Select
        label={name}
        description={type}
        data={['true', 'false']}
        value={value || null}
        onChange={chosen => onChange(chosen ?? '')}
        clearable
        clearButtonProps={{'aria-label': t('models.try.missing')}}
        placeholder={t('models.try.missing')}
      />
    )
  return (
    <TextInput
      label={name}
      description={type}
      value={value}
      placeholder={t('models.try.missing')}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      onChange={event => onChange(event.currentTarget.value)}
    />
  )
}

const isNumbers = (value: unknown): value is Record<string, number> =>
  typeof value === 'object' && value !== null

/** Of many classes those that it may be, the likeliest first. */
function likeliest(probabilities: Record<string, number>, percent: (share: number) => string) {
  const sorted = Object.entries(probabilities).sort(([, a], [, b]) => b - a)
  const shown = sorted.slice(0, mostLikely).map(([label, p]) => `${label} ${percent(p)}`)
  return `${shown.join(' · ')}${sorted.length > mostLikely ? ' · …' : ''}`
}

function Answers({
  inputs,
  answered: {rows, answers, ms},
}: {
  inputs: readonly Column[]
  answered: Answered
}) {
  const t = useT()
  const {duration, figure, percent} = useFormat()
  const images = inputs.filter(({kind}) => kind === 'image').map(({name}) => name)
  const columns = [...new Set(answers.flatMap(answer => Object.keys(answer)))]
  const text = (value: unknown): string =>
    typeof value === 'number'
      ? figure(value)
      : value !== null && typeof value === 'object'
        ? Object.entries(value)
            .map(([name, part]) => `${name} ${text(part)}`)
            .join(' · ')
        : String(value ?? '—')
  return (
    <Stack gap={4} component="section">
      <Title order={4}>{t('models.try.answers')}</Title>
      <Text size="sm" role="status">
        {t('models.try.latency', {n: answers.length, time: ms < 1 ? '< 1 ms' : duration(ms)})}
      </Text>
      <Box className={css.answers} tabIndex={0} role="region" aria-label={t('models.try.answers')}>
        <Table verticalSpacing={3} className={css.figures}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">#</Table.Th>
              {images.map(name => (
                <Table.Th key={name} scope="col">
                  {name}
                </Table.Th>
              ))}
              {columns.map(name => (
                <Table.Th key={name} scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {answers.slice(0, mostShown).map((answer, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: answers come in the order of their rows
              <Table.Tr key={i} title={JSON.stringify(rows[i])?.slice(0, mostTitle)}>
                <Table.Td>{i + 1}</Table.Td>
                {images.map(name => (
                  <Table.Td key={name}>
                    {isDataUrl(rows[i]?.[name]) && (
                      <img src={rows[i]?.[name] as string} alt={t('models.try.asked')} />
                    )}
                  </Table.Td>
                ))}
                {columns.map(name => (
                  <Table.Td key={name}>
                    {name === 'probabilities' && isNumbers(answer[name])
                      ? likeliest(answer[name], percent)
                      : text(answer[name])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      {answers.length > mostShown && (
        <Text size="xs" c="dimmed">
          {t('charts.firstRows', {n: mostShown, all: answers.length})}
        </Text>
      )}
    </Stack>
  )
}
