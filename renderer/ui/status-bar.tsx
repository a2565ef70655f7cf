// The line at the bottom: what is wrong, what runs and how far, and whether everything is saved.
import {Group, Popover, ScrollArea, Stack, Text, UnstyledButton} from '@mantine/core'
import {IconAlertTriangle, IconCheck} from '@tabler/icons-react'
import type {OpenDocument} from '../state/document.ts'
import {faultOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {FaultAlert} from './fault.tsx'
import {type Translate, useFormat, useT} from './i18n.ts'
import css from './status-bar.module.css'

export function StatusBar() {
  const t = useT()
  const doc = useStore(state => state.doc)
  return (
    <footer className={css.bar}>
      {doc ? <Problems doc={doc} /> : <span />}
      {doc && <Work doc={doc} />}
      {doc && (
        <Text size="xs" c="dimmed" role="status">
          {t(Object.keys(doc.drafts).length > 0 ? 'window.status.saving' : 'window.status.saved')}
        </Text>
      )}
    </footer>
  )
}

function Problems({doc}: {doc: OpenDocument}) {
  const t = useT()
  const select = useStore(state => state.select)
  const onCells = Object.keys(doc.status).flatMap(cell => {
    const fault = faultOf(doc, cell)
    return fault ? [{cell, fault}] : []
  })
  const all = [...doc.problems.map(fault => ({cell: fault.cell, fault})), ...onCells]
  if (all.length === 0)
    return (
      <Group gap={4} className={css.calm}>
        <IconCheck size={14} aria-hidden />
        <Text size="xs">{t('window.status.noProblems')}</Text>
      </Group>
    )
  return (
    <Popover position="top-start" withinPortal width={480} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={css.problems}>
          <IconAlertTriangle size={14} aria-hidden />
          <Text size="xs" component="span">
            {t('window.status.problems', {n: all.length})}
          </Text>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={320}>
          <Stack gap="xs">
            {all.map(({cell, fault}, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be the same in every word
              <FaultAlert key={i} fault={fault}>
                {cell && (
                  <UnstyledButton className={css.link} onClick={() => select([cell])}>
                    {cell}
                  </UnstyledButton>
                )}
              </FaultAlert>
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}

function Work({doc}: {doc: OpenDocument}) {
  const t = useT()
  const {duration} = useFormat()
  const running = Object.values(doc.live).filter(event => event.state === 'running')
  if (!doc.running)
    return (
      <Text size="xs" c="dimmed">
        {t('window.status.idle')}
      </Text>
    )
  return (
    <Text size="xs" role="status">
      {t('window.status.running', {n: running.length})}
      {running
        .slice(0, 2)
        .map(event => ` · ${event.cell}${progressText(doc, event.cell, t, duration)}`)
        .join('')}
    </Text>
  )
}

/** How far a cell has come, and about how long it will take yet. */
export function progressText(
  doc: OpenDocument,
  cell: string,
  _: Translate,
  duration: (ms: number) => string,
): string {
  const event = doc.live[cell]
  if (event?.state !== 'running') return ''
  const {message, done} = event.progress ?? {}
  const spent = Date.now() - (doc.since[cell] ?? Date.now())
  const left =
    done !== undefined && done > 0.02 ? ` · −${duration((spent * (1 - done)) / done)}` : ''
  const share = done === undefined ? '' : ` ${Math.round(done * 100)}%`
  return `${message ? ` ${message}` : ''}${share}${left}`
}
