// What a person decides about a version, with the reason; a refusal is told in the dialogue itself.
import {Button, Checkbox, Group, Modal, Select, Stack, Text, Textarea} from '@mantine/core'
import {useState} from 'react'
import type {RegisteredModel} from '../../core/schema/registry.ts'
import type {Stage} from '../../core/schema/value.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {useAct} from '../ui/use-act.ts'

export type Action =
  | {do: 'judge'; approved: boolean}
  | {do: 'stage'; stage: Stage}
  | {do: 'rollBack'}

type Props = {
  action: Action
  model: RegisteredModel
  version: number
  onClose: () => void
  onDone: () => void
}

export function ActionDialog({action, model, version, onClose, onDone}: Props) {
  const t = useT()
  const {name, production, served, trail} = model
  const [why, setWhy] = useState('')
  const [override, setOverride] = useState(false)
  const {busy, fault, act} = useAct()
  const candidates = [...new Set(served)].filter(number => number !== production).reverse()
  const [to, setTo] = useState(
    () => trail.findLast(number => number !== production) ?? candidates[0],
  )
  const key =
    action.do === 'judge'
      ? action.approved
        ? 'approve'
        : 'reject'
      : action.do === 'stage'
        ? (action.stage as 'staging' | 'production' | 'archived')
        : 'rollBack'
  const reason = why.trim() || undefined
  // A rejection, and an approval that was set aside, say nothing without their reason.
  const needsWhy = key === 'reject' || override
  const decide = () =>
    act(async () => {
      const {call} = store.getState()
      if (action.do === 'judge')
        await call('models.judge', {name, version, approved: action.approved, why: reason})
      else if (action.do === 'stage')
        await call('models.setStage', {
          name,
          version,
          stage: action.stage,
          why: reason,
          ...(override && {override}),
        })
      else await call('models.rollBack', {name, to, why: reason})
      onDone()
    })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`models.dialog.${key}`, {name, version})}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          if (!needsWhy || reason) void decide()
        }}
      >
        <Stack>
          {key === 'production' && production !== undefined && (
            <Text size="sm">{t('models.dialog.archives', {version: production})}</Text>
          )}
          {key === 'rollBack' && (
            <Select
              label={t('models.dialog.to')}
              data={candidates.map(String)}
              value={to === undefined ? null : String(to)}
              onChange={value => value && setTo(Number(value))}
              allowDeselect={false}
            />
          )}
          <Textarea
            label={t('models.dialog.why')}
            description={t('models.dialog.kept')}
            required={needsWhy}
            value={why}
            onChange={event => setWhy(event.currentTarget.value)}
            autosize
            minRows={2}
            data-autofocus
          />
          {fault && <FaultAlert fault={fault} />}
          {key === 'production' && (fault?.code === 'refused' || override) && (
            <Checkbox
              label={t('models.dialog.override')}
              checked={override}
              onChange={event => setOverride(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={(needsWhy && !reason) || (key === 'rollBack' && to === undefined)}
            >
              {t(`models.actions.${key}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
