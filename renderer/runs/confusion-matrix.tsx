// Truth against prediction. Each figure opens the rows behind it, where they are at hand.
import {Box, Table, UnstyledButton} from '@mantine/core'
import {useMemo, useState} from 'react'
import {confusion} from '../../core/charts/confusion.ts'
import {Chart} from '../charts/chart.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import type {Source} from './exhibits.tsx'
import {RowsBehind} from './rows-behind.tsx'
import css from './runs.module.css'

/** Above this a table is no longer read, and a chart of shades says more. */
const mostListed = 20

type Matrix = {classes: string[]; counts: number[][]; source?: Source}

export function ConfusionMatrix({classes, counts, source}: Matrix) {
  return classes.length > mostListed ? (
    <Shades classes={classes} counts={counts} />
  ) : (
    <Figures classes={classes} counts={counts} source={source} />
  )
}

function Shades({classes, counts}: Matrix) {
  const t = useT()
  const spec = useMemo(
    () =>
      confusion(
        {classes, counts},
        {
          truth: t('charts.confusion.truth'),
          predicted: t('charts.confusion.predicted'),
          count: t('charts.count'),
          share: t('charts.confusion.share'),
        },
      ),
    [classes, counts, t],
  )
  return <Chart spec={spec} height={480} label={t('charts.confusion.title')} />
}

function Figures({classes, counts, source}: Matrix) {
  const t = useT()
  const {figure, percent} = useFormat()
  const [open, setOpen] = useState<{truth: string; predicted: string}>()
  return (
    <Box className={css.scroll}>
      <Table className={css.matrix} aria-label={t('charts.confusion.title')} w="fit-content">
        <Table.Thead>
          <Table.Tr>
            <Table.Td>
              {t('charts.confusion.truth')} ↓ {t('charts.confusion.predicted')} →
            </Table.Td>
            {classes.map(name => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {classes.map((truth, i) => {
            const total = counts[i]!.reduce((sum, n) => sum + n, 0)
            return (
              <Table.Tr key={truth}>
                <Table.Th scope="row">{truth}</Table.Th>
                {classes.map((predicted, j) => {
                  const count = counts[i]![j]!
                  const share = total > 0 ? count / total : 0
                  const inside = (
                    <>
                      <b>{figure(count)}</b> <span>{percent(share)}</span>
                    </>
                  )
                  return (
                    <Table.Td
                      key={predicted}
                      data-wrong={(i !== j && count > 0) || undefined}
                      // A shade behind the text, light enough for it in both themes.
                      style={{'--share': `${Math.round(share * 30)}%`} as React.CSSProperties}
                    >
                      {source && count > 0 ? (
                        <UnstyledButton
                          className={css.open}
                          aria-label={t('runs.rowsBehind.open', {
                            truth,
                            predicted,
                            n: figure(count),
                            share: percent(share),
                          })}
                          onClick={() => setOpen({truth, predicted})}
                        >
                          {inside}
                        </UnstyledButton>
                      ) : (
                        inside
                      )}
                    </Table.Td>
                  )
                })}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
      {open && source && (
        <RowsBehind source={source} {...open} onClose={() => setOpen(undefined)} />
      )}
    </Box>
  )
}
