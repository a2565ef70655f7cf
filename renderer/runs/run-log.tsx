// What was said while a run trained: live while it does, to be searched and copied.
import {Box, Button, CopyButton, Group, Select, Stack, Text, TextInput, Title} from '@mantine/core'
import {useCallback, useDeferredValue, useEffect, useMemo, useRef, useState} from 'react'
import type {LogLine} from '../../core/schema/log.ts'
import type {Run} from '../../core/schema/run.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useSaid, useT} from '../ui/i18n.ts'
import {logPlace} from './go.ts'
import css from './runs.module.css'
import {useGrowing} from './use-growing.ts'

const kinds = ['all', 'problems', 'process'] as const
type Kind = (typeof kinds)[number]

const among: Record<Kind, (line: LogLine) => boolean> = {
  all: () => true,
  problems: ({level}) => level !== 'info',
  process: ({from}) => from !== 'bancada',
}

export function RunLog({run: {id, status}}: {run: Run}) {
  const t = useT()
  const said = useSaid()
  const {time} = useFormat()
  const running = status.state === 'running'
  const ask = useCallback(
    async (from: number, signal: AbortSignal) =>
      (await store.getState().call('runs.log', {id, from}, {signal})).lines,
    [id],
  )
  const {all, fault, asked} = useGrowing(ask, running)
  const [kind, setKind] = useState<Kind>('all')
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed.trim().toLowerCase())
  const lines = useMemo(
    () =>
      all
        .filter(among[kind])
        .map(line => ({...line, text: said.line(line), clock: time(line.at)}))
        .filter(({text}) => text.toLowerCase().includes(wanted)),
    [all, kind, wanted, said, time],
  )
  const place = useEnd(lines.length, running)
  return (
    <Stack gap="xs" component="section" aria-label={t('runs.log.title')}>
      <Title order={3} size="h4" id={logPlace} tabIndex={-1}>
        {t('runs.log.title')}
      </Title>
      {fault && <FaultAlert fault={fault} />}
      {asked && all.length === 0 && (
        <Text size="sm">{t(running ? 'runs.log.nothingYet' : 'runs.log.none')}</Text>
      )}
      {all.length > 0 && (
        <>
          <Group gap="sm" align="flex-end">
            <TextInput
              label={t('runs.log.search')}
              value={typed}
              onChange={event => setTyped(event.currentTarget.value)}
              w={240}
            />
            <Select
              label={t('runs.log.among')}
              data={kinds.map(value => ({value, label: t(`runs.log.kinds.${value}`)}))}
              value={kind}
              onChange={value => value && setKind(value as Kind)}
              allowDeselect={false}
              w={260}
            />
            <CopyButton value={lines.map(asText).join('\n')}>
              {({copied, copy}) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? 'common.copied' : 'common.copy')}
                </Button>
              )}
            </CopyButton>
            <Text size="xs" c="dimmed" role="status">
              {t('runs.log.count', {n: lines.length, all: all.length})}
            </Text>
          </Group>
          <Box
            className={css.log}
            ref={place}
            tabIndex={0}
            role="region"
            aria-label={t('runs.log.lines')}
          >
            {lines.map(({level, from, text, clock}, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines only come at the end
              <div key={i} data-level={level}>
                <span>{clock}</span>
                {level !== 'info' && <b>{t(`runs.log.levels.${level}`)}</b>}
                {from !== 'bancada' && <i>{from}</i>}
                <span>{text}</span>
              </div>
            ))}
          </Box>
        </>
      )}
    </Stack>
  )
}

const asText = ({at, from, level, text}: LogLine) =>
  [at, level, from === 'bancada' ? '' : from, text].filter(Boolean).join(' ')

/** Keeps the newest line in sight while they come, unless the reader has gone up. */
function useEnd(count: number, running: boolean) {
  const place = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    const element = place.current
    if (!element || !running) return
    const look = () => {
      follows.current = element.scrollTop + element.clientHeight >= element.scrollHeight - 8
    }
    element.addEventListener('scroll', look)
    return () => element.removeEventListener('scroll', look)
  }, [running])
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a line has come
  useEffect(() => {
    if (running && follows.current) place.current?.scrollTo({top: place.current.scrollHeight})
  }, [count, running])
  return place
}
