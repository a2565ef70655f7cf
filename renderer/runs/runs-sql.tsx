// A query of one's own over the runs.
import {Box, Button, Code, Group, Stack, Text, Textarea} from '@mantine/core'
import {useRef, useState} from 'react'
import type {OutputOf} from '../../core/contract.ts'
import {type Fault, toFault} from '../../core/error.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {PlainRows} from './plain-rows.tsx'
import css from './runs.module.css'

const first = `select runs.cell, runs.kind, count(*) as runs, max(metrics.value) as best
from runs join metrics on metrics.run = runs.id
where metrics.name = 'accuracy'
group by all
order by best desc`
const limit = 1000

export function RunsSql() {
  const t = useT()
  const [sql, setSql] = useState(first)
  const [found, setFound] = useState<OutputOf<'runs.query'>>()
  const [fault, setFault] = useState<Fault>()
  const [busy, setBusy] = useState(false)
  const stop = useRef<AbortController>(undefined)

  const run = async () => {
    stop.current?.abort()
    const own = new AbortController()
    stop.current = own
    setBusy(true)
    setFault(undefined)
    try {
      setFound(await store.getState().call('runs.query', {sql, limit}, {signal: own.signal}))
    } catch (error) {
      if (stop.current === own && toFault(error).code !== 'cancelled') setFault(toFault(error))
    } finally {
      if (stop.current === own) setBusy(false)
    }
  }
  return (
    <Stack p="xs" className={css.sql}>
      <Text size="sm" c="dimmed">
        {t('runs.sql.about')} <Code>runs</Code> <Code>params (run, name, value, number)</Code>{' '}
        <Code>metrics (run, name, value)</Code>
      </Text>
      <Textarea
        aria-label={t('runs.sql.label')}
        value={sql}
        onChange={event => setSql(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void run()
        }}
        autosize
        minRows={5}
        maxRows={14}
        ff="monospace"
        classNames={{input: css.code}}
        spellCheck={false}
      />
      <Group gap="xs">
        <Button onClick={() => void run()} disabled={busy}>
          {t('runs.sql.run')}
        </Button>
        {busy && (
          <Button variant="default" onClick={() => stop.current?.abort()}>
            {t('common.stop')}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {t('runs.sql.keys')}
        </Text>
      </Group>
      {fault && <FaultAlert fault={fault} />}
      {busy && !found && <Loading />}
      {found && <Answer found={found} />}
    </Stack>
  )
}

function Answer({found}: {found: OutputOf<'runs.query'>}) {
  const t = useT()
  const {columns, rows, more} = found
  return (
    <>
      <Text size="sm" role="status">
        {more ? t('runs.sql.cut', {n: rows.length}) : t('common.rows', {n: rows.length})}
      </Text>
      <Box className={css.answer} tabIndex={0} role="region" aria-label={t('runs.sql.answer')}>
        <PlainRows columns={columns} rows={rows} stickyHeader />
      </Box>
    </>
  )
}
