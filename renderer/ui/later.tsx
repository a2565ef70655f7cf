import {Stack, Text, Title} from '@mantine/core'
import {useT} from './i18n.ts'

/** A screen whose room is there and whose work is not, said plainly. */
export function Later({what}: {what: 'publish' | 'monitor'}) {
  const t = useT()
  return (
    <Stack p="xl" maw={560}>
      <Title order={2}>{t(`window.rail.${what}`)}</Title>
      <Text>{t(`window.later.${what}`)}</Text>
    </Stack>
  )
}
