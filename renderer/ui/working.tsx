// Something long under way: how far it is, what it does just now, and a way to stop it.
import {Button, Group, Progress, Text} from '@mantine/core'
import {useSaid, useT} from './i18n.ts'

type Props = {
  /** What is being done, such as "Explaining …". */
  what: string
  progress: Parameters<ReturnType<typeof useSaid>['progress']>[0]
  stop: () => void
}

export function Working({what, progress, stop}: Props) {
  const t = useT()
  const message = useSaid().progress(progress)
  const done = progress?.done
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress
        flex={1}
        maw={320}
        value={(done ?? 1) * 100}
        animated={done === undefined}
        aria-label={what}
      />
      <Text size="sm" role="status" truncate>
        {what}
        {message && ` · ${message}`}
      </Text>
      <Button variant="default" onClick={stop}>
        {t('common.stop')}
      </Button>
    </Group>
  )
}
