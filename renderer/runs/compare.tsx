// Runs side by side: curves over one another, what differs, and what the parameters have to do with a metric.
import {Box, Button, Stack, Title} from '@mantine/core'
import {useCallback, useMemo} from 'react'
import type {Comparison} from '../../core/schema/history.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {Curves} from './compare-curves.tsx'
import {Relations} from './compare-relations.tsx'
import {Tables} from './compare-tables.tsx'
import {goRuns} from './go.ts'
import {Back} from './run-page.tsx'
import css from './runs.module.css'
import {useCall} from './use-call.ts'

export function Compare({ids}: {ids: string[]}) {
  const t = useT()
  const key = ids.join(',')
  const ask = useCallback(
    (signal: AbortSignal) => store.getState().call('runs.compare', {ids: key.split(',')}, {signal}),
    [key],
  )
  const {value: comparison, fault, again} = useCall(ask)
  return (
    <Box className={css.page}>
      <Stack p="md" gap="lg">
        <Back />
        <Title order={2} size="h3">
          {t('runs.compare.title', {n: ids.length})}
        </Title>
        {fault && (
          <FaultAlert fault={fault}>
            <Button variant="default" onClick={again}>
              {t('common.tryAgain')}
            </Button>
            <Button variant="default" onClick={goRuns}>
              {t('runs.back')}
            </Button>
          </FaultAlert>
        )}
        {!comparison && !fault && <Loading />}
        {comparison && <Sides comparison={comparison} />}
      </Stack>
    </Box>
  )
}

function Sides({comparison}: {comparison: Comparison}) {
  const labels = useLabels(comparison)
  return (
    <>
      <Tables comparison={comparison} labels={labels} />
      <Curves comparison={comparison} labels={labels} />
      <Relations comparison={comparison} labels={labels} />
    </>
  )
}

/** What each run is called here: its cell, and a letter that tells runs of one cell apart. */
function useLabels({runs}: Comparison): string[] {
  return useMemo(() => runs.map(({cell, kind}, i) => `${nameOf(i)} · ${cell} (${kind})`), [runs])
}

/** A … Z, then A2 … */
const nameOf = (i: number) =>
  `${String.fromCharCode(65 + (i % 26))}${i < 26 ? '' : Math.floor(i / 26) + 1}`

export type Shown = {comparison: Comparison; labels: string[]}
