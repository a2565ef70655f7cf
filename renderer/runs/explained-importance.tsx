// Permutation importance of each column: a chart, and the table beside it.
import {Box, Stack, Table, Text, Title} from '@mantine/core'
import {useMemo} from 'react'
import {importanceBars} from '../../core/charts/importance.ts'
import type {Explanation} from '../../core/schema/explanation.ts'
import {Chart} from '../charts/chart.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './runs.module.css'

/** More bars cannot be taken in; the table beside them has all. */
const most = 30

/** How much worse the metric is with each column shuffled. */
export function Importances({explanation: {importance, metric}}: {explanation: Explanation}) {
  const t = useT()
  const words = useMemo(
    () => ({
      name: t('runs.explain.column'),
      value: t('runs.explain.worse', {metric: metric.name}),
      spread: t('runs.explain.spread'),
    }),
    [t, metric.name],
  )
  const spec = useMemo(
    () =>
      importanceBars(
        importance.slice(0, most).map(({name, mean, sd}) => ({name, value: mean, spread: sd})),
        words,
      ),
    [importance, words],
  )
  const title = t('runs.explain.importanceOf', {metric: metric.name})
  return (
    <Stack gap="xs" component="section">
      <Title order={4} size="h5">
        {t('runs.explain.importance')}
      </Title>
      <Text size="xs" c="dimmed" maw={720}>
        {t('runs.explain.caution')}{' '}
        {importance.length > most && t('runs.explain.first', {n: most, all: importance.length})}
      </Text>
      <div className={css.charts}>
        <Chart spec={spec} label={title} />
        <Listed importance={importance} words={words} title={title} />
      </div>
    </Stack>
  )
}

function Listed({
  importance,
  words,
  title,
}: {
  importance: Explanation['importance']
  words: {name: string; value: string; spread: string}
  title: string
}) {
  const {figure} = useFormat()
  return (
    <Box className={css.scroll} tabIndex={0} role="region" aria-label={title}>
      <Table className={css.figures} w="fit-content" verticalSpacing={3} aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            {Object.values(words).map(word => (
              <Table.Th key={word} scope="col">
                {word}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {importance.map(({name, mean, sd}) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              <Table.Td fw={600}>{figure(mean)}</Table.Td>
              <Table.Td>± {figure(sd)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  )
}
