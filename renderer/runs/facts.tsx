import {Stack, Text, Title} from '@mantine/core'
import css from './runs.module.css'

export type Fact = {
  name: string
  value: string
  /** A long hash: its beginning is shown, the whole is in the title. */
  hash?: boolean
}

/** Names and values. Both may come from a file, and stand as text. */
export function Facts({
  title,
  facts,
  none,
}: {
  title: string
  facts: readonly Fact[]
  none?: string
}) {
  if (facts.length === 0 && none === undefined) return null
  return (
    <Stack gap={4} component="section">
      <Title order={4}>{title}</Title>
      {facts.length === 0 && <Text size="sm">{none}</Text>}
      <dl className={css.facts}>
        {facts.map(({name, value, hash}) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={value}>{hash ? <code>{value.slice(0, 12)}</code> : value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  )
}
