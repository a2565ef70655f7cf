import {Button, Group, Modal, Stack, Text} from '@mantine/core'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {useAct} from '../ui/use-act.ts'

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
  const {busy, fault, act} = useAct()
  const remove = () =>
    act(async () => {
      for (const id of ids) await store.getState().call('runs.remove', {id})
      onRemoved()
    })
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
