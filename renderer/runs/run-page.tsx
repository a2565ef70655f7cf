// One run: what went in, how it went, what came of it, and what people say about it.
import {
  ActionIcon,
  Alert,
  Anchor,
  Box,
  Button,
  Group,
  Stack,
  TagsInput,
  Text,
  Textarea,
  Title,
} from '@mantine/core'
import {IconArrowLeft, IconStar, IconStarFilled} from '@tabler/icons-react'
import {useCallback, useEffect, useRef, useState} from 'react'
import type {InputOf} from '../../core/contract.ts'
import {type Fault, toFault} from '../../core/error.ts'
import type {Run} from '../../core/schema/run.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useSaid, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {type Fact, Facts} from './facts.tsx'
import {goDocument, goRuns, showLog} from './go.ts'
import {RemoveRuns} from './remove-runs.tsx'
import {RunCurves} from './run-curves.tsx'
import {RunExplanation} from './run-explanation.tsx'
import {RunLog} from './run-log.tsx'
import {RunReports} from './run-reports.tsx'
import {RunStateMark} from './run-state.tsx'
import css from './runs.module.css'
import {useCall} from './use-call.ts'

type Mark = (change: Omit<InputOf<'runs.mark'>, 'id'>) => Promise<void>

export function RunPage({id}: {id: string}) {
  const t = useT()
  const {
    value: run,
    fault,
    again,
    set,
  } = useCall(useCallback(signal => store.getState().call('runs.get', {id}, {signal}), [id]))
  const running = run?.status.state === 'running'
  useEffect(() => {
    if (!running) return
    const timer = setInterval(again, 1000)
    return () => clearInterval(timer)
  }, [running, again])
  const mark = useCallback<Mark>(
    async change => set(await store.getState().call('runs.mark', {id, ...change})),
    [id, set],
  )
  return (
    <Box className={css.page}>
      <Stack p="md" gap="lg">
        <Back />
        {fault && (
          <FaultAlert fault={fault}>
            <Button variant="default" onClick={again}>
              {t('common.tryAgain')}
            </Button>
          </FaultAlert>
        )}
        {!run && !fault && <Loading />}
        {run && (
          <>
            <Head run={run} mark={mark} />
            <Words run={run} mark={mark} />
            <Outcome run={run} />
            <RunCurves run={run} />
            <RunReports run={run} />
            <RunExplanation run={run} onExplained={again} />
            <Given run={run} />
            <RunLog run={run} />
          </>
        )}
      </Stack>
    </Box>
  )
}

export function Back() {
  const t = useT()
  return (
    <Anchor component="button" size="sm" onClick={goRuns} w="fit-content">
      <Group gap={4} component="span">
        <IconArrowLeft size={14} aria-hidden />
        {t('runs.back')}
      </Group>
    </Anchor>
  )
}

function Head({run, mark}: {run: Run; mark: Mark}) {
  const t = useT()
  const {date} = useFormat()
  const [removing, setRemoving] = useState(false)
  const say = (change: Parameters<Mark>[0]) => void mark(change).catch(store.getState().fail)
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={2}>
        <Group gap="xs">
          <ActionIcon
            aria-pressed={run.star}
            aria-label={t('runs.star')}
            onClick={() => say({star: !run.star})}
          >
            {run.star ? (
              <IconStarFilled size={16} aria-hidden />
            ) : (
              <IconStar size={16} aria-hidden />
            )}
          </ActionIcon>
          <Title order={2} size="h3">
            {run.cell} · {run.kind}
          </Title>
          <RunStateMark state={run.status.state} />
          {run.archived && <Text size="sm">{t('runs.isArchived')}</Text>}
        </Group>
        <Text size="sm" c="dimmed">
          {date(run.created)} · {run.document} · {run.id}
        </Text>
      </Stack>
      <Group gap="xs">
        <Button onClick={() => goDocument(run.document)}>{t('runs.openDocument')}</Button>
        <Button variant="default" onClick={() => say({archived: !run.archived})}>
          {t(run.archived ? 'runs.unarchive' : 'runs.archive')}
        </Button>
        <Button
          variant="default"
          disabled={run.status.state === 'running'}
          onClick={() => setRemoving(true)}
        >
          {t('runs.remove.button')}
        </Button>
      </Group>
      {removing && (
        <RemoveRuns ids={[run.id]} onClose={() => setRemoving(false)} onRemoved={goRuns} />
      )}
    </Group>
  )
}

/** Milliseconds of quiet after which notes are kept. */
const pause = 500

function Words({run, mark}: {run: Run; mark: Mark}) {
  const t = useT()
  const [notes, setNotes] = useState(run.notes)
  const [state, setState] = useState<'saved' | 'saving' | 'failed'>('saved')
  const said = useSaid()
  const [why, setWhy] = useState<Fault>()
  const kept = useRef(run.notes)
  const latest = useRef(notes)
  latest.current = notes

  const keep = useCallback(async () => {
    const text = latest.current
    if (text === kept.current) return
    try {
      await mark({notes: text})
      kept.current = text
      if (latest.current === text) setState('saved')
    } catch (error) {
      setState('failed')
      setWhy(toFault(error))
    }
  }, [mark])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a pause after each change of the notes
  useEffect(() => {
    const timer = setTimeout(() => void keep(), pause)
    return () => clearTimeout(timer)
  }, [notes, keep])
  // What was typed just before leaving is kept too.
  useEffect(() => () => void keep(), [keep])

  return (
    <Group align="flex-start" grow preventGrowOverflow={false}>
      <Textarea
        label={t('runs.notes.label')}
        description={state === 'failed' ? undefined : t(`runs.notes.${state}`)}
        error={
          state === 'failed'
            ? t('runs.notes.failed', {why: why ? said.fault(why).message : ''})
            : undefined
        }
        placeholder={t('runs.notes.placeholder')}
        value={notes}
        onChange={event => {
          setNotes(event.currentTarget.value)
          setState('saving')
        }}
        onBlur={() => void keep()}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={12}
        miw={320}
      />
      <TagsInput
        label={t('runs.fields.tags')}
        value={run.tags}
        onChange={tags => void mark({tags}).catch(store.getState().fail)}
        miw={240}
      />
    </Group>
  )
}

function Outcome({run}: {run: Run}) {
  const t = useT()
  const {duration, figure} = useFormat()
  const {status, engine, created, warnings, metrics} = run
  const seconds = 'ended' in status ? Date.parse(status.ended) - Date.parse(created) : undefined
  const evaluated = new Set(Object.values(run.evaluations).flatMap(list => list.map(m => m.name)))
  const own = Object.entries(metrics).filter(([name]) => !evaluated.has(name))
  const facts: Fact[] = [
    ...(seconds === undefined ? [] : [{name: t('runs.fields.seconds'), value: duration(seconds)}]),
    ...(engine ? [{name: t('runs.fields.engine'), value: engine}] : []),
    ...own.map(([name, value]) => ({name, value: figure(value)})),
  ]
  return (
    <Stack gap="xs" component="section" aria-label={t('runs.page.outcome')}>
      {status.state === 'failed' && (
        <FaultAlert fault={status.fault}>
          <ToLog />
        </FaultAlert>
      )}
      {status.state === 'crashed' && (
        <Alert variant="outline" color="red" p="xs" title={t('runs.state.crashed')}>
          {t('runs.page.crashed')}
          <Group mt="xs">
            <ToLog />
          </Group>
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert
          variant="outline"
          color="gray"
          p="xs"
          title={t('runs.report.warnings', {n: warnings.length})}
        >
          {warnings.map(warning => (
            <Text size="sm" key={warning}>
              {warning}
            </Text>
          ))}
        </Alert>
      )}
      <Facts title={t('runs.page.outcome')} facts={facts} />
    </Stack>
  )
}

function ToLog() {
  const t = useT()
  return (
    <Button variant="default" onClick={showLog}>
      {t('runs.log.show')}
    </Button>
  )
}

function Given({run}: {run: Run}) {
  const t = useT()
  const {bytes, whole} = useFormat()
  const {environment: env} = run
  return (
    <div className={css.given}>
      <Facts
        title={t('runs.page.params')}
        facts={[
          ...Object.entries(run.params).map(([name, value]) => ({name, value: plain(value)})),
          {name: t('runs.fields.seed'), value: String(run.seed)},
        ]}
      />
      <Facts
        title={t('runs.page.data')}
        facts={[
          {name: t('runs.fields.task'), value: run.task},
          ...(run.target === undefined ? [] : [{name: t('runs.fields.target'), value: run.target}]),
          {name: t('runs.fields.features'), value: whole(run.features)},
          {name: t('runs.page.dataVersion'), value: run.data, hash: true},
          {name: t('runs.page.code'), value: run.code, hash: true},
          ...Object.entries(run.lineage).map(([cell, hash]) => ({
            name: t('runs.page.lineageOf', {cell}),
            value: hash,
            hash: true,
          })),
        ]}
      />
      <Facts
        title={t('runs.page.environment')}
        facts={[
          {name: 'Bancada', value: env.bancada},
          {name: 'Node', value: env.node},
          {name: t('runs.page.platform'), value: env.platform},
          {name: t('runs.page.cpu'), value: `${env.cpu} × ${env.cores}`},
          {name: t('runs.page.memory'), value: bytes(env.memory)},
          ...Object.entries(env.packages).map(([name, value]) => ({name, value})),
        ]}
      />
      <Facts
        title={t('runs.page.artifacts')}
        none={t('runs.page.noArtifacts')}
        facts={run.artifacts.map(({name, bytes: size, sha256}) => ({
          name,
          value: `${bytes(size)} · ${sha256.slice(0, 12)}`,
        }))}
      />
    </div>
  )
}

const plain = (value: unknown) =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '—')
