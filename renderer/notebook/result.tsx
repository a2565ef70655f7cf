// What came of a cell: a table, a model, a report …, or why nothing did.
import {Button, Group, List, Progress, Stack, Text} from '@mantine/core'
import {lazy, memo, Suspense, useEffect, useState} from 'react'
import type {Fault} from '../../core/error.ts'
import type {CellBlock} from '../../core/schema/live.ts'
import type {CellResult} from '../../core/schema/result.ts'
import type {ModelValue, SplitValue, TableValue} from '../../core/schema/value.ts'
import {english} from '../../core/words/says.ts'
import {LiveCurve} from '../charts/live-curve.tsx'
import {goRun} from '../runs/go.ts'
import {faultOf, resultOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {TablePreview} from '../table/preview.tsx'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useSaid, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {suggestionOf} from './fixes.ts'

const ReportView = lazy(() => import('../runs/report.tsx').then(m => ({default: m.ReportView})))

type Props = {cell: CellBlock; className?: string | undefined; large?: boolean}

export const Result = memo(function Result({cell, className, large}: Props) {
  const t = useT()
  const {name} = cell
  const document = useStore(state => state.doc?.path)
  const result = useStore(({doc}) => (doc ? resultOf(doc, name) : undefined))
  const fault = useStore(({doc}) => (doc ? faultOf(doc, name) : undefined))
  const running = useStore(({doc}) => doc?.live[name]?.state === 'running' && doc.running)
  const points = useStore(({doc}) => doc?.curves[name])
  if (!running && !fault && !result && !points?.length) return null
  return (
    <section className={className} aria-label={t('notebook.result', {cell: name})}>
      <Stack gap="xs">
        {running && <Running cell={name} />}
        {fault && !running && fault.code !== 'cancelled' && <Failure cell={cell} fault={fault} />}
        {fault?.code === 'cancelled' && !running && (
          <Stopped cell={name} epoch={points?.at(-1)?.epoch} />
        )}
        {points !== undefined && points.length > 0 && (
          <LiveCurve points={points} height={large ? 220 : 160} />
        )}
        {result && !running && document !== undefined && (
          <Made cell={cell} document={document} result={result} />
        )}
      </Stack>
    </section>
  )
})

/** How far it has come, how long it will take yet, and a way to stop. */
function Running({cell}: {cell: string}) {
  const t = useT()
  const {duration} = useFormat()
  const stop = useStore(state => state.stop)
  const progress = useStore(({doc}) => {
    const event = doc?.live[cell]
    return event?.state === 'running' ? event.progress : undefined
  })
  const since = useStore(({doc}) => doc?.since[cell])
  const now = useClock()
  const done = progress?.done
  const message = useSaid().progress(progress)
  const spent = since === undefined ? 0 : Math.max(0, now - since)
  const left = done !== undefined && done > 0.02 ? (spent * (1 - done)) / done : undefined
  return (
    <Group gap="sm" wrap="nowrap">
      <div style={{flex: 1}}>
        <Progress
          value={(done ?? 1) * 100}
          animated={done === undefined}
          aria-label={message ?? t('notebook.states.running')}
        />
        <Text size="xs" c="dimmed" mt={2}>
          {message ?? t('notebook.states.running')} · {duration(spent)}
          {left !== undefined && ` · −${duration(left)}`}
        </Text>
      </div>
      <Button variant="default" onClick={() => void stop()}>
        {t('common.stop')}
      </Button>
    </Group>
  )
}

function useClock(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return now
}

function Failure({cell, fault}: {cell: CellBlock; fault: Fault}) {
  const t = useT()
  const run = useStore(state => state.run)
  const fix = suggestionOf(cell, fault)
  return (
    <FaultAlert fault={fault}>
      <Button variant="default" onClick={() => void run([cell.name])}>
        {t('common.tryAgain')}
      </Button>
      {fix && (
        <Button variant="default" onClick={() => void fix.apply()}>
          {fix.title}
        </Button>
      )}
      {fault.run !== undefined && (
        <Button variant="default" onClick={() => goRun(fault.run!)}>
          {t('notebook.logOfRun')}
        </Button>
      )}
    </FaultAlert>
  )
}

/** A training that was stopped keeps its place; anything else begins anew. */
function Stopped({cell, epoch}: {cell: string; epoch: number | undefined}) {
  const t = useT()
  const run = useStore(state => state.run)
  return (
    <Group gap="sm" role="status">
      <Button variant="default" onClick={() => void run([cell])}>
        {t(epoch === undefined ? 'notebook.stopped.again' : 'notebook.stopped.goOn')}
      </Button>
      <Text size="sm">
        {epoch === undefined ? t('notebook.stopped.text') : t('notebook.stopped.training', {epoch})}
      </Text>
    </Group>
  )
}

type MadeProps = {cell: CellBlock; document: string; result: CellResult}

function Made({cell, document, result}: MadeProps) {
  const t = useT()
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  const {value, warnings} = result
  const said = useSaid()
  const openModel = (name: string) => () =>
    route.at === 'project' && go({...route, screen: 'models', item: name})
  return (
    <>
      {value.type === 'table' && <TableFacts value={value} cell={cell} document={document} />}
      {value.type === 'split' && <SplitFacts value={value} cell={cell} document={document} />}
      {value.type === 'model' && <ModelFacts value={value} />}
      {value.type === 'report' && (
        <Suspense fallback={<Loading />}>
          <ReportView report={value.report} document={document} cell={cell.name} />
        </Suspense>
      )}
      {value.type === 'version' && (
        <Group gap="xs">
          <Text size="sm">
            {t('notebook.version', {
              version: value.version,
              name: value.name,
              stage: value.stage,
            })}
          </Text>
          <Button variant="default" onClick={openModel(value.name)}>
            {t('notebook.openModel')}
          </Button>
        </Group>
      )}
      {value.type === 'bundle' && (
        <Group gap="xs">
          <Text size="sm">
            {t('notebook.bundle', {
              name: value.name,
              version: value.version,
              rows: value.golden.rows,
              mismatches: value.golden.mismatches,
            })}{' '}
            {value.golden.real > 0
              ? t('notebook.bundleReal', {n: value.golden.real})
              : t('notebook.bundleBare')}
          </Text>
          <Button variant="default" onClick={openModel(value.name)}>
            {t('notebook.openModel')}
          </Button>
        </Group>
      )}
      {warnings.length > 0 && (
        <div>
          <Text size="xs" fw={600} c="var(--bancada-warn)">
            {t('notebook.warnings', {n: warnings.length})}
          </Text>
          <List size="xs">
            {warnings.map(warning => (
              <List.Item key={english(warning)}>{said.text(warning)}</List.Item>
            ))}
          </List>
        </div>
      )}
    </>
  )
}

function TableFacts({
  value,
  cell,
  document,
}: {
  value: TableValue
  cell: CellBlock
  document: string
}) {
  const t = useT()
  const rejected = value.rejects?.count ?? 0
  return (
    <>
      <TablePreview document={document} table={cell.name} rows={8} />
      {rejected > 0 && (
        <Text size="xs" c="var(--bancada-warn)">
          {t('notebook.rejects', {n: rejected})}
        </Text>
      )}
    </>
  )
}

function SplitFacts({
  value,
  cell,
  document,
}: {
  value: SplitValue
  cell: CellBlock
  document: string
}) {
  const t = useT()
  const {train, validation, test} = value.parts
  const rows = {train: train.rows, validation: validation?.rows ?? 0, test: test?.rows ?? 0}
  return (
    <>
      <Text size="sm">
        {t(validation ? 'notebook.parts' : 'notebook.partsTwo', rows)}
        {value.folds.length > 0 && ` · ${t('notebook.folds', {n: value.folds.length})}`}
      </Text>
      <TablePreview document={document} table={`${cell.name}.train`} rows={5} />
    </>
  )
}

function ModelFacts({value}: {value: ModelValue}) {
  const t = useT()
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  const {target, features, run} = value
  return (
    <Group gap="xs">
      <Text size="sm">
        {target === undefined
          ? t('notebook.clusters', {n: features.length})
          : t('notebook.model', {target, n: features.length})}
      </Text>
      <Button
        variant="default"
        onClick={() => route.at === 'project' && go({...route, screen: 'runs', item: `run:${run}`})}
      >
        {t('notebook.openRun')}
      </Button>
    </Group>
  )
}
