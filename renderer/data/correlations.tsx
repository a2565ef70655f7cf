// How columns go together: a matrix that is read as a table, its cells shaded by how strongly.
import {SegmentedControl, Text} from '@mantine/core'
import {useMemo, useState} from 'react'
import type {Correlation, TableProfile} from '../../core/schema/profile.ts'
import {useLanguage, useT} from '../ui/i18n.ts'
import css from './profile.module.css'

type Measure = Correlation['measure']

/** Columns of a matrix; of more, those that go with others most. */
const most = 24

export function Correlations({profile}: {profile: TableProfile}) {
  const t = useT()
  const language = useLanguage()
  const {correlations} = profile
  const measures = [...new Set(correlations.map(c => c.measure))]
  const [chosen, setChosen] = useState<Measure>()
  const measure = measures.find(m => m === chosen) ?? measures[0]
  const {rows, columns, value, left} = useMemo(
    () => matrixOf(correlations.filter(c => c.measure === measure)),
    [correlations, measure],
  )
  if (!measure) return null
  const two = new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  return (
    <section>
      <Text component="h4" m={0} mb="xs" fw={600} id="correlations">
        {t('data.correlations.title')}
      </Text>
      <SegmentedControl
        mb="xs"
        size="xs"
        aria-labelledby="correlations"
        value={measure}
        onChange={next => setChosen(next as Measure)}
        data={measures.map(m => ({value: m, label: t(`data.correlations.${m}`)}))}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too */}
      <section className={css.scroller} tabIndex={0} aria-labelledby="correlations">
        <table className={css.matrix}>
          <thead>
            <tr>
              <td />
              {columns.map(name => (
                <th key={name} scope="col" title={name}>
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(a => (
              <tr key={a}>
                <th scope="row" title={a}>
                  {a}
                </th>
                {columns.map(b => {
                  const r = value(a, b)
                  return (
                    <td key={b} title={`${a} × ${b}`} style={r === undefined ? {} : shade(r)}>
                      {r === undefined ? '' : two.format(r)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {left > 0 && (
        <Text size="xs" c="dimmed">
          {t('data.correlations.left', {n: left})}
        </Text>
      )}
    </section>
  )
}

/** A tint that text stays readable on: the sign by the hue, the strength by how much of it. */
const shade = (r: number) => ({
  background: `color-mix(in srgb, var(${r < 0 ? '--bancada-warn' : '--bancada-info'}) ${Math.round(Math.min(1, Math.abs(r)) * 38)}%, transparent)`,
})

function matrixOf(all: readonly Correlation[]) {
  const strongest = new Map<string, number>()
  const values = new Map<string, number>()
  const key = (a: string, b: string) => JSON.stringify([a, b])
  for (const {a, b, value} of all) {
    values.set(key(a, b), value)
    for (const name of [a, b])
      strongest.set(name, Math.max(strongest.get(name) ?? 0, Math.abs(value)))
  }
  const kept = new Set(
    [...strongest]
      .sort(([, x], [, y]) => y - x)
      .slice(0, most)
      .map(([name]) => name),
  )
  // In the order of the table; a number beside a category stands on one side alone.
  const names = (of: readonly string[]) => [...new Set(of)].filter(name => kept.has(name))
  const symmetric = !all.some(c => c.measure === 'correlation-ratio')
  const both = names(all.flatMap(({a, b}) => [a, b]))
  return {
    rows: symmetric ? both : names(all.map(c => c.a)),
    columns: symmetric ? both : names(all.map(c => c.b)),
    value: (a: string, b: string) =>
      values.get(key(a, b)) ?? (symmetric ? values.get(key(b, a)) : undefined),
    left: strongest.size - kept.size,
  }
}
