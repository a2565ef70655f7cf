// What people write in a version's card; each change is an entry of the audit log.
import {Button, Group, Modal, Stack, Text, Textarea} from '@mantine/core'
import {useState} from 'react'
import type {Card} from '../../core/schema/card.ts'
import {cardTexts, type ModelVersion} from '../../core/schema/registry.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {useAct} from '../ui/use-act.ts'

export function CardTexts({
  version: {model: name, version},
  texts,
  onClose,
  onDone,
}: {
  version: ModelVersion
  texts: Card['texts']
  onClose: () => void
  onDone: () => void
}) {
  const t = useT()
  const [written, setWritten] = useState(texts)
  const {busy, fault, act} = useAct()
  const changed = cardTexts.filter(section => (written[section] ?? '') !== (texts[section] ?? ''))
  const save = () =>
    act(async () => {
      await store.getState().call('models.describe', {
        name,
        version,
        texts: Object.fromEntries(changed.map(section => [section, written[section] ?? ''])),
      })
      onDone()
    })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('models.card.texts.title', {name, version})}
      closeButtonProps={{'aria-label': t('common.close')}}
      // A long text must not be lost by a click beside it.
      closeOnClickOutside={changed.length === 0}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack>
          <Text size="sm">{t('models.card.texts.about')}</Text>
          {cardTexts.map(section => (
            <Textarea
              key={section}
              label={t(`models.card.texts.${section}`)}
              description={t(`models.card.texts.help.${section}`)}
              value={written[section] ?? ''}
              onChange={({currentTarget: {value}}) =>
                setWritten(before => ({...before, [section]: value}))
              }
              autosize
              minRows={2}
              maxRows={10}
            />
          ))}
          {fault && <FaultAlert fault={fault} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={changed.length === 0}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
