// What a grid waits for, how far it is, and how to stop it.
import {Button, Group, Loader, Progress, Text} from '@mantine/core'
import {useEffect, useState} from 'react'
import {useSaid, useT} from '../ui/i18n.ts'
import type {Rows} from './rows.ts'

/** Milliseconds after which a wait is told. */
const told = 500

export function Waiting({rows, onPlain}: {rows: Rows; onPlain: () => void}) {
  const t = useT()
  const said = useSaid()
  const {waiting, stopped} = rows
  const since = waiting?.since
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (since === undefined) return
    const timer = setTimeout(() => setLate(true), since + told - performance.now())
    return () => clearTimeout(timer)
  }, [since])
  if (stopped)
    return (
      <Group gap="xs" py={4}>
        <Text size="sm">{t('table.wait.stopped')}</Text>
        <Button variant="default" size="compact-xs" onClick={() => rows.again()}>
          {t('common.tryAgain')}
        </Button>
        <Button variant="default" size="compact-xs" onClick={onPlain}>
          {t('table.plain')}
        </Button>
      </Group>
    )
  if (!waiting || !late) return null
  const done = waiting.progress?.done
  const message = said.progress(waiting.progress)
  return (
    <Group gap="xs" py={4} wrap="nowrap">
      {done === undefined ? (
        <Loader size="xs" role="presentation" />
      ) : (
        <Progress w={120} value={done * 100} aria-label={message ?? t('table.wait.rows')} />
      )}
      <Text size="sm" role="status" truncate>
        {message ?? t('table.wait.rows')}
      </Text>
      <Button variant="default" size="compact-xs" onClick={() => rows.stop()}>
        {t('common.stop')}
      </Button>
    </Group>
  )
}
