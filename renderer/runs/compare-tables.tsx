// What differs between runs, side by side.
import {Box, Button, Group, Stack, Switch, Table, Text, Title} from '@mantine/core'
import {useState} from 'react'
import type {Compared} from '../../core/schema/history.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import type {Shown} from './compare.tsx'
import {goCompare, goRun} from './go.ts'
import css from './runs.module.css'

export function Tables({comparison, labels}: Shown) {
  const t = useT()
  const [all, setAll] = useState(false)
  const {runs, facts, params, metrics} = comparison
  const of = (list: Compared[]) => (all ? list : list.filter(({differs}) => differs))
  const sections = [
    ['metrics', of(metrics)],
    ['params', of(params)],
    ['facts', of(facts)],
  ] as const
  const without = (id: string) => goCompare(runs.map(run => run.id).filter(other => other !== id))
  return (
    <Stack gap="xs" component="section">
      <Group justify="space-between">
        <Title order={3} size="h4">
          {t('runs.compare.sides')}
        </Title>
        <Switch
          label={t('runs.compare.same')}
          checked={all}
          onChange={event => setAll(event.currentTarget.checked)}
        />
      </Group>
      <Box className={css.sides} tabIndex={0} role="region" aria-label={t('runs.compare.sides')}>
        <Table className={css.figures} verticalSpacing={3} w="fit-content" miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">
                <span className={css.unseen}>{t('runs.compare.name')}</span>
              </Table.Th>
              {runs.map(({id}, i) => (
                <Table.Th key={id} scope="col">
                  <Group gap={4} wrap="nowrap">
                    <Button size="compact-xs" variant="subtle" onClick={() => goRun(id)}>
                      {labels[i]}
                    </Button>
                    {runs.length > 2 && (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="gray"
                        aria-label={t('runs.compare.without', {run: labels[i]!})}
                        onClick={() => without(id)}
                      >
                        ×
                      </Button>
                    )}
                  </Group>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {sections.map(([section, rows]) => (
            <Table.Tbody key={section}>
              <Table.Tr>
                <Table.Th colSpan={runs.length + 1} scope="colgroup">
                  {t(`runs.compare.${section}`)}
                </Table.Th>
              </Table.Tr>
              {rows.length === 0 && (
                <Table.Tr>
                  <Table.Td colSpan={runs.length + 1}>{t('runs.compare.nothing')}</Table.Td>
                </Table.Tr>
              )}
              {rows.map(row => (
                <Line key={row.name} row={row} marked={all} />
              ))}
            </Table.Tbody>
          ))}
        </Table>
      </Box>
    </Stack>
  )
}

function Line({row, marked}: {row: Compared; marked: boolean}) {
  const t = useT()
  const {figure} = useFormat()
  const {name, values, differs} = row
  return (
    <Table.Tr data-differs={(marked && differs) || undefined}>
      <Table.Th scope="row" fw={400}>
        {name}
        {marked && differs && (
          <Text span size="xs" className={css.differs}>
            {' '}
            ≠<span className={css.unseen}> {t('runs.compare.differs')}</span>
          </Text>
        )}
      </Table.Th>
      {values.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one a run, in their order
        <Table.Td key={i} className={css.side} title={String(value ?? '')}>
          {value === null ? '—' : typeof value === 'number' ? figure(value) : String(value)}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}
