// A run's learning curves: live while it trains, every point when it has ended.
import {SimpleGrid, Stack, Title} from '@mantine/core'
import {useEffect, useMemo, useRef, useState} from 'react'
import {learningCurve} from '../../core/charts/learning-curve.ts'
import {type Fault, toFault} from '../../core/error.ts'
import type {Point, Run} from '../../core/schema/run.ts'
import {Chart} from '../charts/chart.tsx'
import {LiveCurve, panelsOf} from '../charts/live-curve.tsx'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'

export function RunCurves({run}: {run: Run}) {
  const t = useT()
  const running = run.status.state === 'running'
  const {points, fault} = usePoints(run.id, running)
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

function Ended({points}: {points: Point[]}) {
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

/** All points so far; only new ones are asked for. */
function usePoints(id: string, running: boolean) {
  const [points, setPoints] = useState<Point[]>([])
  const [fault, setFault] = useState<Fault>()
  const have = useRef<Point[]>([])
  useEffect(() => {
    const gone = new AbortController()
    let timer: number | undefined
    const ask = async () => {
      try {
        const from = have.current.length
        const {points: more} = await store
          .getState()
          .call('runs.points', {id, from}, {signal: gone.signal})
        if (gone.signal.aborted) return
        if (more.length > 0) {
          have.current = [...have.current, ...more]
          setPoints(have.current)
        }
        setFault(undefined)
      } catch (error) {
        if (!gone.signal.aborted) setFault(toFault(error))
      }
      // When it has ended this effect runs once more, and the last points come.
      if (running && !gone.signal.aborted) timer = window.setTimeout(ask, 700)
    }
    void ask()
    return () => {
      gone.abort()
      clearTimeout(timer)
    }
  }, [id, running])
  return {points, fault}
}
