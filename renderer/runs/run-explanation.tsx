// What the model of a run leans on: asked for here, kept with the run.
import {Button, Group, Select, Stack, Text, Title} from '@mantine/core'
import {useCallback, useEffect, useRef, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import {type Explanation, explainedIn} from '../../core/schema/explanation.ts'
import type {Progress} from '../../core/schema/result.ts'
import type {Run} from '../../core/schema/run.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {Working} from '../ui/working.tsx'
import {Dependences} from './explained-dependence.tsx'
import {Importances} from './explained-importance.tsx'
import {useCall} from './use-call.ts'

/** `onExplained`: the run has another explanation than before. */
export function RunExplanation({run, onExplained}: {run: Run; onExplained: () => void}) {
  const t = useT()
  if (run.status.state !== 'finished') return null
  return (
    <Stack gap="sm" component="section" aria-label={t('runs.explain.title')}>
      <Title order={3} size="h4">
        {t('runs.explain.title')}
      </Title>
      <Explained run={run} onExplained={onExplained} />
    </Stack>
  )
}

function Explained({run, onExplained}: {run: Run; onExplained: () => void}) {
  const {id, explanation: file} = run
  const ask = useCallback(
    async (signal: AbortSignal) =>
      file === undefined ? null : store.getState().call('runs.explanation', {id}, {signal}),
    [id, file],
  )
  const {value: kept, fault, set} = useCall<Explanation | null>(ask)
  const work = useExplaining(id, found => {
    set(found)
    onExplained()
  })
  if (kept === undefined && !fault) return <Loading />
  return (
    <>
      <Ask run={run} kept={kept ?? undefined} {...work} />
      {fault && <FaultAlert fault={fault} />}
      {kept && <Shown explanation={kept} />}
    </>
  )
}

type Work = {
  /** How far it is; absent when nothing is being explained. */
  told: Progress | undefined
  fault: Fault | undefined
  start: (metric: string | undefined) => void
  stop: () => void
}

/** One explanation at a time; it ends with the page that asked for it. */
function useExplaining(id: string, done: (found: Explanation) => void): Work {
  const [told, setTold] = useState<Progress>()
  const [fault, setFault] = useState<Fault>()
  const under = useRef<AbortController>(undefined)
  useEffect(() => () => under.current?.abort(), [])
  const start = async (metric: string | undefined) => {
    const way = new AbortController()
    under.current = way
    setFault(undefined)
    setTold({})
    try {
      const found = await store
        .getState()
        .call(
          'runs.explain',
          {id, metric},
          {signal: way.signal, tell: told => !way.signal.aborted && setTold(told)},
        )
      if (!way.signal.aborted) done(found)
    } catch (error) {
      if (!way.signal.aborted) setFault(toFault(error))
    } finally {
      if (under.current === way) setTold(undefined)
    }
  }
  return {told, fault, start: metric => void start(metric), stop: () => under.current?.abort()}
}

function Ask({run, kept, told, fault, start, stop}: Work & {run: Run; kept?: Explanation}) {
  const t = useT()
  const metrics = run.task === 'clustering' ? [] : [...explainedIn[run.task]]
  const [chosen, setChosen] = useState<string>()
  const metric = chosen ?? kept?.metric.name
  if (told) return <Working what={t('runs.explain.running')} progress={told} stop={stop} />
  return (
    <>
      {!kept && (
        <Text size="sm" maw={720}>
          {t('runs.explain.about')}
        </Text>
      )}
      <Group align="flex-end" gap="sm">
        {metrics.length > 0 && (
          <Select
            label={t('runs.report.metric')}
            placeholder={t('runs.explain.usual')}
            data={metrics}
            value={metric ?? null}
            onChange={name => setChosen(name ?? undefined)}
            allowDeselect={false}
            w={220}
          />
        )}
        <Button variant={kept ? 'default' : 'filled'} onClick={() => start(metric)}>
          {t(kept ? 'runs.explain.again' : 'runs.explain.start')}
        </Button>
      </Group>
      {fault && <FaultAlert fault={fault} />}
    </>
  )
}

function Shown({explanation}: {explanation: Explanation}) {
  return (
    <Stack gap="md">
      <About explanation={explanation} />
      <Importances explanation={explanation} />
      <Dependences dependence={explanation.dependence} />
    </Stack>
  )
}

/** On which rows, in which columns, and by what. */
function About({explanation}: {explanation: Explanation}) {
  const t = useT()
  const {figure} = useFormat()
  const {metric, rows, all, part, repeats, seed, cell, after, unanswered, unread} = explanation
  const columns =
    cell === undefined ? t('runs.explain.columnsGiven') : t('runs.explain.columnsOf', {cell})
  return (
    <Stack gap={2} maw={720}>
      <Text size="sm">
        {t(`runs.explain.base.${part}`, {
          metric: metric.name,
          value: figure(metric.value),
          rows,
          all,
          repeats,
          seed,
        })}{' '}
        {t(metric.better === 'high' ? 'runs.explain.higher' : 'runs.explain.lower')}
      </Text>
      <Text size="xs" c="dimmed">
        {after.length > 0 ? t('runs.explain.after', {columns, steps: after.join(', ')}) : columns}
        {'. '}
        {unread.length > 0 && t('runs.explain.unread', {names: unread.join(', ')})}{' '}
        {unanswered > 0 && t('runs.explain.unanswered', {n: unanswered})}
      </Text>
    </Stack>
  )
}
