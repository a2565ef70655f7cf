// The learning curves of runs over one another.
import {Stack, Title} from '@mantine/core'
import {useMemo} from 'react'
import {learningCurve} from '../../core/charts/learning-curve.ts'
import {Chart} from '../charts/chart.tsx'
import {useT} from '../ui/i18n.ts'
import type {Shown} from './compare.tsx'
import css from './runs.module.css'

export function Curves({comparison, labels}: Shown) {
  const t = useT()
  const {runs, curves} = comparison
  const specs = useMemo(
    () =>
      curves.map(({name, series}) => ({
        name,
        spec: learningCurve(
          series.map(({run, epochs, values}) => ({
            label: labels[runs.findIndex(({id}) => id === run)]!,
            epochs,
            values,
          })),
          {epoch: t('charts.epochAxis'), value: name},
        ),
      })),
    [curves, runs, labels, t],
  )
  if (specs.length === 0) return null
  return (
    <Stack gap="xs" component="section">
      <Title order={3} size="h4">
        {t('runs.page.curves')}
      </Title>
      <div className={css.charts}>
        {specs.map(({name, spec}) => (
          <Chart key={name} spec={spec} height={220} label={t('runs.page.curveOf', {name})} />
        ))}
      </div>
    </Stack>
  )
}
