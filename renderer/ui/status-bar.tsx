// The line at the bottom: what is wrong, what runs and how far, and whether everything is saved.
import {Group, Popover, ScrollArea, Stack, Text, UnstyledButton} from '@mantine/core'
import {IconAlertTriangle, IconCheck} from '@tabler/icons-react'
import {useShallow} from 'zustand/react/shallow'
import type {Fault} from '../../core/error.ts'
import type {Problem} from '../../core/schema/notebook.ts'
import type {OpenDocument} from '../state/document.ts'
import {faultOf} from '../state/document.ts'
import {store, useStore} from '../state/store.ts'
import {FaultAlert} from './fault.tsx'
import {useFormat, useSaid, useT} from './i18n.ts'
import css from './status-bar.module.css'

export function StatusBar() {
  const open = useStore(state => state.doc !== undefined)
  return (
    <footer className={css.bar}>
      {open ? <Problems /> : <span />}
      {open && <Work />}
      {open && <Saved />}
    </footer>
  )
}

function Saved() {
  const t = useT()
  const saving = useStore(({doc}) => Object.keys(doc?.drafts ?? {}).length > 0)
  return (
    <Text size="xs" c="dimmed" role="status">
      {t(saving ? 'window.status.saving' : 'window.status.saved')}
    </Text>
  )
}

/** The faults of the document and of its cells; the same list as long as none came or went. */
const useProblems = () =>
  useStore(
    useShallow(({doc}) => {
      if (!doc) return []
      const onCells = Object.keys(doc.status).flatMap(cell => faultOf(doc, cell) ?? [])
      return [...doc.problems, ...onCells]
    }),
  )

function Problems() {
  const t = useT()
  const select = useStore(state => state.select)
  const all = useProblems()
  if (all.length === 0)
    return (
      <Group gap={4} className={css.calm}>
        <IconCheck size={14} aria-hidden />
        <Text size="xs">{t('window.status.noProblems')}</Text>
      </Group>
    )
  const {doc} = store.getState()
  /** The cell that a fault is on. */
  const cellOf = (fault: Fault) =>
    (fault as Problem).cell ??
    (doc && Object.keys(doc.status).find(cell => faultOf(doc, cell) === fault))
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
            {all.map((fault, i) => {
              const cell = cellOf(fault)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be the same in every word
                <FaultAlert key={i} fault={fault}>
                  {cell && (
                    <UnstyledButton className={css.link} onClick={() => select([cell])}>
                      {cell}
                    </UnstyledButton>
                  )}
                </FaultAlert>
              )
            })}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}

function Work() {
  const running = useStore(({doc}) => doc?.running ?? false)
  const t = useT()
  if (running) return <Running />
  return (
    <Text size="xs" c="dimmed">
      {t('window.status.idle')}
    </Text>
  )
}

function Running() {
  const t = useT()
  const {duration} = useFormat()
  const said = useSaid()
  const doc = useStore(state => state.doc)
  if (!doc) return null
  const running = Object.values(doc.live).filter(event => event.state === 'running')
  return (
    <Text size="xs" role="status">
      {t('window.status.running', {n: running.length})}
      {running
        .slice(0, 2)
        .map(({cell, progress}) => {
          const message = said.progress(progress)
          return ` · ${cell}${message ? ` ${message}` : ''}${shareText(doc, cell, duration)}`
        })
        .join('')}
    </Text>
  )
}

/** How far a cell has come, and about how long it will take yet. */
function shareText(doc: OpenDocument, cell: string, duration: (ms: number) => string): string {
  const event = doc.live[cell]
  if (event?.state !== 'running') return ''
  const done = event.progress?.done
  const spent = Date.now() - (doc.since[cell] ?? Date.now())
  const left =
    done !== undefined && done > 0.02 ? ` · −${duration((spent * (1 - done)) / done)}` : ''
  const share = done === undefined ? '' : ` ${Math.round(done * 100)}%`
  return `${share}${left}`
}
