// A column's profile in a few pixels: a histogram, or its most frequent values.
import {Text} from '@mantine/core'
import type {ColumnProfile} from '../../core/schema/profile.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './bars.module.css'
import {oneLine} from './cell-text.ts'

/** What stands above a column of the grid. */
export function ColumnBars({column, rows}: {column: ColumnProfile; rows: number}) {
  const t = useT()
  const {whole, percent} = useFormat()
  const share = rows === 0 ? 0 : column.missing / rows
  return (
    <div className={css.bars}>
      <Text size="xs" c="dimmed" truncate component="div">
        {share > 0 && (
          <span className={css.missing}>
            {t('table.profile.missing', {share: percent(share)})} ·{' '}
          </span>
        )}
        {t('table.profile.distinct', {
          n: column.distinct,
          about: column.estimated?.includes('distinct') ? '≈ ' : '',
        })}
      </Text>
      <Picture column={column} whole={whole} />
    </div>
  )
}

function Picture({column, whole}: {column: ColumnProfile; whole: (n: number) => string}) {
  const {figure} = useFormat()
  if (column.kind === 'number' && column.numbers) {
    const {histogram, min, max} = column.numbers
    return <Histogram counts={histogram.counts} low={figure(min)} high={figure(max)} />
  }
  if (column.kind === 'date' && column.dates) {
    const {histogram, min, max} = column.dates
    return <Histogram counts={histogram.counts} low={min.slice(0, 10)} high={max.slice(0, 10)} />
  }
  if ((column.kind === 'category' || column.kind === 'boolean') && column.values)
    return (
      <TopValues
        values={column.values.top.slice(0, 3)}
        most={column.values.top[0]?.count ?? 1}
        shown={whole}
      />
    )
  return null
}

/** Bars of equal width, the highest as high as there is room. */
export function Bars({counts, className}: {counts: readonly number[]; className?: string}) {
  const most = Math.max(1, ...counts)
  return (
    <svg
      className={className ?? css.histogram}
      viewBox={`0 0 ${Math.max(1, counts.length)} 100`}
      preserveAspectRatio="none"
      aria-hidden
    >
      {counts.map((count, i) => {
        // A bin with few values is still seen not to be empty.
        const height = count === 0 ? 0 : Math.max(3, (count / most) * 100)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
          <rect key={i} x={i + 0.06} width={0.88} y={100 - height} height={height} />
        )
      })}
    </svg>
  )
}

function Histogram({counts, low, high}: {counts: number[]; low: string; high: string}) {
  return (
    <>
      <Bars counts={counts} />
      <div className={css.ends}>
        <span>{low}</span>
        <span>{high}</span>
      </div>
    </>
  )
}

/** The most frequent values with bars for how many rows have them. */
export function TopValues({
  values,
  most,
  shown,
}: {
  values: readonly {value: string; count: number}[]
  most: number
  shown: (count: number) => string
}) {
  return (
    <ul className={css.top}>
      {values.map(({value, count}) => (
        <li key={value} title={value}>
          <span className={css.fill} style={{width: `${(count / most) * 100}%`}} />
          <span className={css.value}>{oneLine(value)}</span>
          <span className={css.count}>{shown(count)}</span>
        </li>
      ))}
    </ul>
  )
}
