import {Button, Group, Modal, Stack, Text} from '@mantine/core'
import {useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'

/** Asks, then removes runs for good. */
export function RemoveRuns({
  ids,
  onClose,
  onRemoved,
}: {
  ids: readonly string[]
  onClose: () => void
  onRemoved: () => void
}) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()
  const remove = async () => {
    setBusy(true)
    try {
      for (const id of ids) await store.getState().call('runs.remove', {id})
      onRemoved()
    } catch (error) {
      setFault(toFault(error))
      setBusy(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('runs.remove.title', {n: ids.length})}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <Stack>
        <Text size="sm">{t('runs.remove.text')}</Text>
        {fault && <FaultAlert fault={fault} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button color="red" loading={busy} onClick={() => void remove()}>
            {t('runs.remove.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
