// Partial dependence on the leading columns, one chart each.
import {Box, Select, Stack, Text, Title} from '@mantine/core'
import {useMemo, useState} from 'react'
import {type DependencePoints, dependence as drawn} from '../../core/charts/dependence.ts'
import type {Dependence} from '../../core/schema/explanation.ts'
import {Chart} from '../charts/chart.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './runs.module.css'

/** No class can be called so: its name would be empty. */
const everyClass = ''

/** What the model answers along the values of the leading columns. */
export function Dependences({dependence}: {dependence: readonly Dependence[]}) {
  const t = useT()
  const classes = dependence[0]?.lines.flatMap(line => line.class ?? []) ?? []
  const [chosen, setChosen] = useState(everyClass)
  const domain = useMemo(() => domainOf(dependence, chosen.slice(1)), [dependence, chosen])
  if (dependence.length === 0) return null
  return (
    <Stack gap="xs" component="section">
      <Title order={4} size="h5">
        {t('runs.explain.dependence')}
      </Title>
      <Text size="xs" c="dimmed" maw={720}>
        {t('runs.explain.dependenceAbout', {n: dependence[0]!.rows})}{' '}
        {classes.length > 1 && t('runs.explain.bandOfOne')}
      </Text>
      {classes.length > 1 && (
        <Select
          label={t('runs.explain.class')}
          data={[
            {value: everyClass, label: t('runs.explain.allClasses')},
            ...classes.map(name => ({value: `=${name}`, label: name})),
          ]}
          value={chosen}
          onChange={name => setChosen(name ?? everyClass)}
          allowDeselect={false}
          w={220}
        />
      )}
      <div className={css.charts}>
        {dependence.map(one => (
          <OneColumn key={one.name} dependence={one} chosen={chosen.slice(1)} domain={domain} />
        ))}
      </div>
    </Stack>
  )
}

/** One scale for all columns: a flat line beside a steep one is to look flat. */
function domainOf(dependence: readonly Dependence[], chosen: string): [number, number] {
  const lines = dependence.flatMap(one => linesOf(one, chosen))
  const banded = lines.length === dependence.length
  const values = lines
    .flatMap(({mean, low, high}) => (banded ? [...mean, ...low, ...high] : mean))
    .filter(Number.isFinite)
  return [Math.min(...values), Math.max(...values)]
}

const linesOf = ({lines}: Dependence, chosen: string) =>
  chosen === '' ? lines : lines.filter(line => line.class === chosen)

/** `chosen`: the class to draw alone; empty for all. */
function OneColumn({
  dependence,
  chosen,
  domain,
}: {
  dependence: Dependence
  chosen: string
  domain: readonly [number, number]
}) {
  const t = useT()
  const {figure, date} = useFormat()
  const {name, kind, leftOut, classesLeftOut} = dependence
  const spec = useMemo(() => {
    const own = linesOf(dependence, chosen)
    const of = own.length === 1 ? own[0]!.class : undefined
    return drawn(
      {
        ...pointsOf(dependence),
        lines: own.map(line => ({...line, label: line.class ?? ''})),
        domain,
      },
      {
        column: name,
        answer:
          of !== undefined
            ? t('runs.explain.probabilityOf', {class: of})
            : t(own.length > 1 ? 'runs.explain.probability' : 'runs.explain.prediction'),
        low: t('runs.explain.low'),
        high: t('runs.explain.high'),
        write: at => (kind === 'date' ? date(new Date(at).toISOString()) : figure(at)),
      },
    )
  }, [dependence, chosen, domain, kind, name, t, figure, date])
  const title = t('runs.explain.dependenceOn', {column: name})
  return (
    <Box>
      <Title order={5}>{name}</Title>
      {leftOut !== undefined && (
        <Text size="xs" c="dimmed">
          {t('charts.slices.leftOut', {n: leftOut})}
        </Text>
      )}
      {classesLeftOut !== undefined && (
        <Text size="xs" c="dimmed">
          {t('runs.explain.classesLeftOut', {n: classesLeftOut})}
        </Text>
      )}
      <Chart spec={spec} height={200} label={title} />
    </Box>
  )
}

function pointsOf({at, kind, deciles = []}: Dependence): Omit<DependencePoints, 'lines'> {
  if (kind === 'boolean') return {at: at.map(value => String(value === 1))}
  if (typeof at[0] === 'string') return {at: at as string[]}
  // Dates come in microseconds.
  const scale = (values: readonly number[]) =>
    kind === 'date' ? values.map(value => value / 1000) : values
  return {at: scale(at as number[]), ticks: scale(deciles), dates: kind === 'date'}
}
