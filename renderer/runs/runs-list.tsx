// The list of runs with what surrounds it: filter, columns, grouping, and what can be done with the chosen ones.
import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  Group,
  Menu,
  MultiSelect,
  Popover,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import {useDebouncedValue} from '@mantine/hooks'
import {IconColumns3, IconFilter, IconHelp} from '@tabler/icons-react'
import {useCallback, useEffect, useMemo, useRef, useState} from 'react'
import type {RunNames, RunProblem, RunRow} from '../../core/schema/history.ts'
import {useScreenCommands} from '../state/screen-commands.ts'
import {store, useStore} from '../state/store.ts'
import type {Command} from '../ui/commands.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {GoToDocument} from '../ui/go-to-document.tsx'
import {useSaid, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {allColumns, shownColumns} from './columns.ts'
import {goCompare} from './go.ts'
import {RemoveRuns} from './remove-runs.tsx'
import {useRunPages} from './run-pages.ts'
import css from './runs.module.css'
import {RunsTable, type SortBy} from './runs-table.tsx'

const noNames: RunNames = {params: [], metrics: []}
/** More curves over one another say nothing, and the host reads every point of each. */
const mostCompared = 50
const examples = [
  'metrics.f1 > 0.9 and params.lr < 0.01',
  "kind in ('mlp', 'logistic') and state = 'finished'",
  "star or tags has 'paper'",
  "created > 2026-01-31 and not notes like '%draft%'",
  'metrics.accuracy is missing',
]

export function RunsList() {
  const t = useT()
  const said = useSaid()
  const [typed, setTyped] = useState('')
  const [entered, setEntered] = useState('')
  const [settled] = useDebouncedValue(typed, 200)
  useEffect(() => setEntered(settled), [settled])
  const [sort, setSort] = useState<SortBy>()
  const [archived, setArchived] = useState(false)
  const group = useRemembered('runs.group')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [removing, setRemoving] = useState(false)

  const query = useMemo(() => {
    const keys = [...(group ? [{by: group}] : []), ...(sort && sort.by !== group ? [sort] : [])]
    return {
      ...(entered.trim() && {filter: entered}),
      ...(keys.length > 0 && {sort: keys}),
      ...(archived && {archived}),
    }
  }, [entered, sort, archived, group])
  const pages = useRunPages(query)
  const {found, fault, refresh} = pages
  useRefresh(pages.refresh, pages.rowAt, found?.total ?? 0)

  const names = found?.names ?? noNames
  const columns = useColumns(names)
  const ids = useMemo(() => [...selected], [selected])
  useListCommands(
    ids,
    useCallback(() => setRemoving(true), []),
  )

  const empty = found?.total === 0 && !entered.trim() && !fault
  if (!found && !fault) return <Loading />
  if (empty && !archived && found.problems.length === 0)
    return <NoRuns onArchived={() => setArchived(true)} />
  const archive = async (to: boolean) => {
    try {
      for (const id of ids) await store.getState().call('runs.mark', {id, archived: to})
    } catch (error) {
      store.getState().fail(error)
    }
    setSelected(new Set())
    refresh()
  }
  return (
    <div className={css.list}>
      <Group gap="xs" align="flex-start" p="xs">
        <TextInput
          className={css.filter}
          aria-label={t('runs.filter.label')}
          placeholder={examples[0]}
          leftSection={<IconFilter size={14} aria-hidden />}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
          onKeyDown={event => event.key === 'Enter' && setEntered(event.currentTarget.value)}
          error={
            fault && entered === typed
              ? [said.fault(fault).message, said.fault(fault).hint].filter(Boolean).join(' — ') +
                (fault.where ? ` (${fault.where})` : '')
              : undefined
          }
          rightSection={<Examples onChoose={setTyped} />}
          spellCheck={false}
        />
        <Select
          aria-label={t('runs.group.label')}
          placeholder={t('runs.group.none')}
          data={[
            {value: 'kind', label: t('runs.group.kind')},
            {value: 'document', label: t('runs.group.document')},
            {value: 'data', label: t('runs.group.data')},
          ]}
          value={group ?? null}
          onChange={value => store.getState().remember('runs.group', value)}
          clearable
          clearButtonProps={{'aria-label': t('runs.group.none')}}
          w={170}
        />
        <Columns names={names} columns={columns} />
        <Checkbox
          size="xs"
          pt={7}
          label={t('runs.archived')}
          checked={archived}
          onChange={event => setArchived(event.currentTarget.checked)}
        />
      </Group>
      <Group gap="xs" px="xs" pb="xs" mih={30}>
        <Text size="sm" role="status">
          {t('runs.count', {n: found?.total ?? 0})}
          {ids.length > 0 && ` · ${t('runs.selected', {n: ids.length})}`}
        </Text>
        {ids.length > 0 && (
          <>
            <Button
              disabled={ids.length < 2 || ids.length > mostCompared}
              onClick={() => goCompare(ids)}
            >
              {t('runs.compare.button')}
            </Button>
            <Button variant="default" onClick={() => void archive(true)}>
              {t('runs.archive')}
            </Button>
            {archived && (
              <Button variant="default" onClick={() => void archive(false)}>
                {t('runs.unarchive')}
              </Button>
            )}
            <Button variant="default" onClick={() => setRemoving(true)}>
              {t('runs.remove.button')}
            </Button>
            <Button variant="subtle" onClick={() => setSelected(new Set())}>
              {t('runs.clearSelection')}
            </Button>
          </>
        )}
      </Group>
      {found && found.problems.length > 0 && <Problems problems={found.problems} />}
      {fault && entered !== typed && <FaultAlert fault={fault} />}
      {found?.total === 0 ? (
        <Text p="md">{t('runs.noneFits')}</Text>
      ) : (
        <RunsTable
          pages={pages}
          columns={columns}
          group={group}
          sort={sort}
          onSort={setSort}
          selected={selected}
          onSelect={setSelected}
        />
      )}
      {removing && ids.length > 0 && (
        <RemoveRuns
          ids={ids}
          onClose={() => setRemoving(false)}
          onRemoved={() => {
            setRemoving(false)
            setSelected(new Set())
            refresh()
          }}
        />
      )}
    </div>
  )
}

const useRemembered = (name: string): string | undefined => {
  const value = useStore(state => state.settings.window[name])
  return typeof value === 'string' ? value : undefined
}

function useColumns(names: RunNames): string[] {
  const remembered = useStore(state => state.settings.window['runs.columns'])
  return useMemo(() => shownColumns(remembered, names), [remembered, names])
}

/** Asks again when a run of the open document ends, and while one that is shown runs. */
function useRefresh(
  refresh: () => void,
  rowAt: (index: number) => RunRow | undefined,
  total: number,
) {
  const running = useStore(state => state.doc?.running ?? false)
  const latest = useRef(refresh)
  latest.current = refresh
  const before = useRef(running)
  useEffect(() => {
    if (before.current === running) return
    before.current = running
    latest.current()
  }, [running])
  const live = Array.from({length: Math.min(total, 100)}, (_, i) => rowAt(i)?.state).includes(
    'running',
  )
  useEffect(() => {
    if (!live && !running) return
    const timer = setInterval(refresh, 2000)
    return () => clearInterval(timer)
  }, [live, running, refresh])
}

function useListCommands(ids: readonly string[], remove: () => void) {
  const t = useT()
  const commands = useMemo<Command[]>(
    () => [
      {
        id: 'runs-compare',
        title: t('runs.compare.command'),
        disabled: ids.length < 2 || ids.length > mostCompared,
        run: () => goCompare(ids),
      },
      {
        id: 'runs-remove',
        title: t('runs.remove.button'),
        disabled: ids.length === 0,
        run: remove,
      },
    ],
    [t, ids, remove],
  )
  useScreenCommands(commands)
}

function NoRuns({onArchived}: {onArchived: () => void}) {
  const t = useT()
  return (
    <Stack p="xl" maw={560} align="flex-start">
      <Title order={2}>{t('runs.empty.title')}</Title>
      <Text>{t('runs.empty.text')}</Text>
      <Group>
        <GoToDocument label={t('runs.empty.go')} />
        <Button variant="default" onClick={onArchived}>
          {t('runs.archived')}
        </Button>
      </Group>
    </Stack>
  )
}

function Examples({onChoose}: {onChoose: (example: string) => void}) {
  const t = useT()
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('runs.filter.examples')}>
          <IconHelp size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('runs.filter.examples')}</Menu.Label>
        {examples.map(example => (
          <Menu.Item key={example} ff="monospace" onClick={() => onChoose(example)}>
            {example}
          </Menu.Item>
        ))}
        <Menu.Label maw={420}>{t('runs.filter.words')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}

function Columns({names, columns}: {names: RunNames; columns: string[]}) {
  const t = useT()
  const remember = useStore(state => state.remember)
  return (
    <Popover withinPortal position="bottom-end" width={360} trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} aria-hidden />}>
          {t('runs.columns.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <MultiSelect
          label={t('runs.columns.label')}
          data={allColumns(names)}
          value={columns}
          onChange={chosen => remember('runs.columns', chosen)}
          searchable
          limit={200}
          comboboxProps={{withinPortal: false}}
        />
        <Button variant="subtle" mt="xs" onClick={() => remember('runs.columns', null)}>
          {t('runs.columns.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function Problems({problems}: {problems: RunProblem[]}) {
  const t = useT()
  const said = useSaid()
  return (
    <Alert
      variant="outline"
      color="red"
      p="xs"
      mx="xs"
      mb="xs"
      title={t('runs.problems', {n: problems.length})}
    >
      {problems.slice(0, 5).map(({run, fault}) => (
        <Text size="sm" key={run}>
          {run}: {said.fault(fault).message}
        </Text>
      ))}
    </Alert>
  )
}
