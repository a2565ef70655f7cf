// One column of a profile: what it holds, how it is spread.
import {Text} from '@mantine/core'
import type {ReactNode} from 'react'
import type {
  CategoryProfile,
  ColumnProfile,
  DateProfile,
  NumberProfile,
} from '../../core/schema/profile.ts'
import {Bars, TopValues} from '../table/bars.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './profile.module.css'

export function ColumnCard({column, rows}: {column: ColumnProfile; rows: number}) {
  const t = useT()
  const {whole, percent} = useFormat()
  const {name, type, missing, distinct, estimated} = column
  const about = estimated?.includes('distinct') ? '≈ ' : ''
  return (
    <article className={css.card} aria-label={name}>
      <header>
        <Text component="h5" m={0} size="sm" fw={600} className={css.name}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" ff="monospace" lineClamp={2}>
          {type}
        </Text>
      </header>
      <Facts
        facts={[
          [
            t('data.card.missing'),
            `${whole(missing)}${rows > 0 && missing > 0 ? ` (${percent(missing / rows)})` : ''}`,
          ],
          [t('data.card.distinct'), `${about}${whole(distinct)}`],
        ]}
      />
      {column.kind === 'number' && column.numbers && (
        <Numbers numbers={column.numbers} about={estimated?.includes('quantiles') ? '≈ ' : ''} />
      )}
      {column.kind === 'date' && column.dates && <Dates dates={column.dates} />}
      {(column.kind === 'category' || column.kind === 'boolean') && column.values && (
        <Categories values={column.values} text={column.kind === 'category'} />
      )}
    </article>
  )
}

function Facts({facts}: {facts: [string, ReactNode][]}) {
  return (
    <dl className={css.pairs}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Numbers({numbers, about}: {numbers: NumberProfile; about: string}) {
  const t = useT()
  const {figure, whole, percent} = useFormat()
  const {histogram, outliers, quantiles} = numbers
  return (
    <>
      <Chart counts={histogram.counts} low={figure(numbers.min)} high={figure(numbers.max)} />
      <Facts
        facts={[
          [t('data.card.mean'), figure(numbers.mean)],
          [t('data.card.sd'), figure(numbers.sd)],
          [t('data.card.skewness'), figure(numbers.skewness)],
          ...quantiles.map(({p, value}): [string, string] => [
            p === 0.5 ? t('data.card.median') : t('data.card.quantile', {share: percent(p)}),
            `${about}${figure(value)}`,
          ]),
          [t('data.card.zeros'), whole(numbers.zeros)],
          [t('data.card.negatives'), whole(numbers.negatives)],
          [t('data.card.infinite'), whole(numbers.infinite)],
          [
            t('data.card.outliers'),
            outliers.count === 0
              ? '0'
              : t('data.card.beyond', {
                  n: whole(outliers.count),
                  low: figure(outliers.low),
                  high: figure(outliers.high),
                }),
          ],
        ]}
      />
    </>
  )
}

function Dates({dates}: {dates: DateProfile}) {
  const t = useT()
  return (
    <>
      <Chart counts={dates.histogram.counts} low={dates.min} high={dates.max} />
      <Facts facts={[[t('data.card.median'), dates.median]]} />
    </>
  )
}

function Chart({counts, low, high}: {counts: number[]; low: string; high: string}) {
  const t = useT()
  const {whole} = useFormat()
  return (
    <figure
      className={css.chart}
      aria-label={t('data.card.histogram', {low, high, counts: counts.map(whole).join(', ')})}
      role="img"
    >
      <Bars counts={counts} className={css.histogram} />
      <figcaption>
        <span>{low}</span>
        <span>{high}</span>
      </figcaption>
    </figure>
  )
}

/** Values that a card lists. */
const listed = 8

function Categories({values, text}: {values: CategoryProfile; text: boolean}) {
  const t = useT()
  const {whole} = useFormat()
  const lengths: [string, string][] = text
    ? [
        [t('data.card.lengths'), `${whole(values.shortest)}–${whole(values.longest)}`],
        [t('data.card.emptyText'), whole(values.empty)],
        [t('data.card.numeric'), whole(values.numeric)],
      ]
    : []
  return (
    <>
      <TopValues
        values={values.top.slice(0, listed)}
        most={values.top[0]?.count ?? 1}
        shown={whole}
      />
      <Facts facts={lengths} />
    </>
  )
}
