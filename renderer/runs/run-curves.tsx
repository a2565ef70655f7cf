// A run's learning curves: live while it trains, every point when it has ended.
import {SimpleGrid, Stack, Title} from '@mantine/core'
import {useCallback, useMemo} from 'react'
import {learningCurve} from '../../core/charts/learning-curve.ts'
import type {Point, Run} from '../../core/schema/run.ts'
import {Chart} from '../charts/chart.tsx'
import {LiveCurve, panelsOf} from '../charts/live-curve.tsx'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {useGrowing} from './use-growing.ts'

export function RunCurves({run}: {run: Run}) {
  const t = useT()
  const running = run.status.state === 'running'
  const {id} = run
  const {all: points, fault} = useGrowing(
    useCallback(
      async (from, signal) =>
        (await store.getState().call('runs.points', {id, from}, {signal})).points,
      [id],
    ),
    running,
  )
  if (fault) return <FaultAlert fault={fault} />
  if (points.length === 0) return null
  return (
    <Stack gap="xs" component="section">
      <Title order={3} size="h4">
        {t('runs.page.curves')}
      </Title>
      {running ? <LiveCurve points={points} height={180} /> : <Ended points={points} />}
    </Stack>
  )
}

function Ended({points}: {points: readonly Point[]}) {
  const t = useT()
  const panels = useMemo(
    () =>
      panelsOf(points).map(({name, lines}) => ({
        name,
        spec: learningCurve(
          lines.map(line => ({...line, label: line.name})),
          {epoch: t('charts.epochAxis'), value: name},
        ),
      })),
    [points, t],
  )
  return (
    <SimpleGrid cols={{base: 1, md: Math.min(2, panels.length)}}>
      {panels.map(({name, spec}) => (
        <Chart key={name} spec={spec} height={200} label={t('runs.page.curveOf', {name})} />
      ))}
    </SimpleGrid>
  )
}
