// Above a grid: search, filters that are set, columns, a row to go to, and the profile while it is computed.
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Loader,
  NumberInput,
  Popover,
  ScrollArea,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import {IconColumns3, IconSearch, IconX} from '@tabler/icons-react'
import {useEffect, useState} from 'react'
import type {Column} from '../../core/schema/table.ts'
import type {Condition} from '../../core/schema/view.ts'
import {type Translate, useSaid, useT} from '../ui/i18n.ts'
import type {CellText} from './cell-text.ts'
import type {Look} from './columns.ts'
import css from './grid.module.css'
import type {useProfile} from './profiles.ts'

/** Milliseconds that typing must rest before it is searched for. */
const rest = 300

type ToolsProps = {
  columns: Column[]
  look: Look
  change: (some: Partial<Look>) => void
  texts: (value: unknown, column: Pick<Column, 'kind'>) => CellText
  length: number
  profiling: ReturnType<typeof useProfile>
  onGo: (row: number) => void
}

export function Tools({columns, look, change, texts, length, profiling, onGo}: ToolsProps) {
  const t = useT()
  const kindOf = (name: string) => columns.find(c => c.name === name)?.kind ?? 'other'
  const shown = (condition: Condition) => {
    const text = (value: unknown) =>
      texts(asNumber(value, kindOf(condition.column)), {kind: kindOf(condition.column)}).text
    return conditionText(condition, text, t)
  }
  return (
    <div className={css.tools} role="toolbar" aria-label={t('table.tools')}>
      <Search value={look.search} onSearch={search => change({search})} />
      <Columns columns={columns} look={look} change={change} />
      <GoTo length={length} onGo={onGo} />
      {look.filter.map((condition, i) => {
        const words = shown(condition)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be the same
          <span key={i} className={css.chip}>
            <span title={words}>{words}</span>
            <ActionIcon
              size="xs"
              aria-label={t('table.filter.remove', {filter: words})}
              onClick={() => change({filter: look.filter.filter(f => f !== condition)})}
            >
              <IconX size={12} aria-hidden />
            </ActionIcon>
          </span>
        )
      })}
      {look.sort.length + look.filter.length > 0 || look.search ? (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => change({sort: [], filter: [], search: ''})}
        >
          {t('table.plain')}
        </Button>
      ) : null}
      <ProfileState profiling={profiling} />
    </div>
  )
}

const asNumber = (value: unknown, kind: Column['kind']) =>
  kind === 'number' && typeof value === 'string' && Number.isFinite(Number(value)) && value !== ''
    ? Number(value)
    : value

function conditionText(condition: Condition, text: (value: unknown) => string, t: Translate) {
  const {column} = condition
  if (condition.is === 'one-of')
    return t('table.filter.shown.one-of', {column, value: condition.values.map(text).join(', ')})
  if (condition.is === 'contains')
    return t('table.filter.shown.contains', {column, value: condition.value})
  if (!('value' in condition)) return t(`table.filter.shown.${condition.is}`, {column})
  return `${column} ${symbols[condition.is]} ${text(condition.value)}`
}
const symbols = {'=': '=', '<>': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥'}

function Search({value, onSearch}: {value: string; onSearch: (text: string) => void}) {
  const t = useT()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed begins a search
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onSearch(text), rest)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <TextInput
      w={200}
      role="searchbox"
      aria-label={t('table.search')}
      placeholder={t('table.search')}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={event => setText(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key === 'Enter') onSearch(text)
      }}
    />
  )
}

/** Of very many columns, those that are called what is typed. */
const mostListed = 100

type ColumnsProps = {columns: Column[]; look: Look; change: (some: Partial<Look>) => void}

function Columns({columns, look, change}: ColumnsProps) {
  const t = useT()
  const [text, setText] = useState('')
  const hidden = new Set(look.hidden)
  const called = columns.filter(c => c.name.toLowerCase().includes(text.toLowerCase()))
  return (
    <Popover position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} aria-hidden />}>
          {t('table.columns.label')}
          {hidden.size > 0 && ` ${columns.length - hidden.size}/${columns.length}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('table.columns.label')}>
        <Stack gap="xs" w={260}>
          <TextInput
            aria-label={t('table.columns.search')}
            placeholder={t('table.columns.search')}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            data-autofocus
          />
          <ScrollArea.Autosize mah={280}>
            <Stack gap={4}>
              {called.slice(0, mostListed).map(({name}) => (
                <Checkbox
                  key={name}
                  size="xs"
                  label={name}
                  checked={!hidden.has(name)}
                  disabled={!hidden.has(name) && hidden.size === columns.length - 1}
                  onChange={event =>
                    change({
                      hidden: event.currentTarget.checked
                        ? look.hidden.filter(h => h !== name)
                        : [...look.hidden, name],
                    })
                  }
                />
              ))}
              {called.length > mostListed && (
                <Text size="xs" c="dimmed">
                  {t('table.columns.more', {n: called.length - mostListed})}
                </Text>
              )}
            </Stack>
          </ScrollArea.Autosize>
          <Button
            variant="default"
            disabled={hidden.size === 0}
            onClick={() => change({hidden: []})}
          >
            {t('table.columns.all')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function GoTo({length, onGo}: {length: number; onGo: (row: number) => void}) {
  const t = useT()
  const [row, setRow] = useState<number | string>('')
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (typeof row === 'number') onGo(Math.min(length, Math.max(1, row)) - 1)
      }}
    >
      <NumberInput
        w={130}
        aria-label={t('table.goTo')}
        placeholder={t('table.goTo')}
        min={1}
        max={length}
        clampBehavior="blur"
        allowDecimal={false}
        hideControls
        value={row}
        onChange={setRow}
      />
    </form>
  )
}

function ProfileState({profiling}: {profiling: ToolsProps['profiling']}) {
  const t = useT()
  const said = useSaid()
  const {now, start, stop} = profiling
  const [late, setLate] = useState(false)
  const running = now.state === 'running'
  useEffect(() => {
    if (!running) return setLate(false)
    const timer = setTimeout(() => setLate(true), 500)
    return () => clearTimeout(timer)
  }, [running])
  if (now.state === 'done' || (running && !late)) return null
  if (running)
    return (
      <Group gap="xs" wrap="nowrap">
        <Loader size="xs" role="presentation" />
        <Text size="xs" role="status">
          {t('table.profile.running')}
          {now.progress?.message ? ` · ${said.progress(now.progress)}` : ''}
        </Text>
        <Button variant="default" size="compact-xs" onClick={stop}>
          {t('common.stop')}
        </Button>
      </Group>
    )
  return (
    <Group gap="xs" wrap="nowrap">
      {now.state === 'failed' && (
        <Text size="xs" c="var(--bancada-bad)" role="alert">
          {t('table.profile.failed')} {said.fault(now.fault).message}
        </Text>
      )}
      <Button variant="default" size="compact-xs" onClick={start}>
        {t('table.profile.start')}
      </Button>
    </Group>
  )
}
