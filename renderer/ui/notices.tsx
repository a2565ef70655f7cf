// Notices in the corner, read out by screen readers; a fault stays until it is closed.
import {Button, CloseButton, Group, Paper, Text} from '@mantine/core'
import {useEffect} from 'react'
import type {Notice} from '../state/notices.ts'
import {useStore} from '../state/store.ts'
import {FaultAlert} from './fault.tsx'
import {useT} from './i18n.ts'
import css from './notices.module.css'

export function Notices() {
  const notices = useStore(state => state.notices)
  return (
    <div className={css.corner} role="status" aria-live="polite">
      {notices.map(notice => (
        <One key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

/** Milliseconds that a notice stays; one that can be undone has to be read and decided on. */
const [shown, decided] = [6000, 15_000]

function One({notice}: {notice: Notice}) {
  const t = useT()
  const dismiss = useStore(state => state.dismiss)
  const back = useStore(state => state.undo)
  const {id, fault, text, key, undo} = notice
  // Of all that can be undone this is the newest.
  const undoable = useStore(
    ({doc}) => undo !== undefined && doc?.path === undo.document && doc.revision === undo.revision,
  )
  useEffect(() => {
    if (fault) return
    const timer = setTimeout(() => dismiss(id), undo ? decided : shown)
    return () => clearTimeout(timer)
  }, [id, fault, undo, dismiss])
  return (
    <Paper withBorder shadow="md" p="xs" className={css.notice}>
      <Group align="flex-start" wrap="nowrap" justify="space-between" gap="xs">
        {fault ? <FaultAlert fault={fault} /> : <Text size="sm">{key ? t(key) : text}</Text>}
        {undo && undoable && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => {
              dismiss(id)
              void back(undo.revision)
            }}
          >
            {t('common.undo')}
          </Button>
        )}
        <CloseButton size="sm" aria-label={t('common.close')} onClick={() => dismiss(id)} />
      </Group>
    </Paper>
  )
}
