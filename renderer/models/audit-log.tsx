// Everything that was done with a model. Nothing of it can be edited; a log that was is told as such.
import {Stack, Table, Text} from '@mantine/core'
import {useCallback} from 'react'
import type {RegistryEvent} from '../../core/schema/registry.ts'
import {useCall} from '../runs/use-call.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {type Translate, useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'

/** `turn`: another value asks again. */
export function AuditLog({name, turn}: {name: string; turn: unknown}) {
  const t = useT()
  const {date} = useFormat()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again with every turn
  const ask = useCallback(
    (signal: AbortSignal) => store.getState().call('models.audit', {name}, {signal}),
    [name, turn],
  )
  const {value, fault} = useCall(ask)
  if (fault) return <FaultAlert fault={fault} />
  if (!value) return <Loading />
  return (
    <Stack gap="xs">
      {value.fault && <FaultAlert fault={value.fault} />}
      <Text size="sm" c="dimmed">
        {t('models.audit.about')}
      </Text>
      <Table verticalSpacing={4} aria-label={t('models.audit.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">#</Table.Th>
            <Table.Th scope="col">{t('models.audit.when')}</Table.Th>
            <Table.Th scope="col">{t('models.audit.who')}</Table.Th>
            <Table.Th scope="col">{t('models.audit.what')}</Table.Th>
            <Table.Th scope="col">{t('models.audit.why')}</Table.Th>
            <Table.Th scope="col">{t('models.audit.hash')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...value.events].reverse().map(event => (
            <Table.Tr key={event.seq}>
              <Table.Td>{event.seq}</Table.Td>
              <Table.Td>{date(event.at)}</Table.Td>
              <Table.Td>{event.by.name}</Table.Td>
              <Table.Td>{whatOf(event, t)}</Table.Td>
              <Table.Td>{event.why ?? '—'}</Table.Td>
              <Table.Td title={event.hash}>
                <code>{event.hash.slice(0, 8)}</code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

function whatOf(event: RegistryEvent, t: Translate): string {
  const version = event.model
  switch (event.type) {
    case 'stage-changed':
      return (
        t('models.audit.stage', {version, stage: t(`models.stages.${event.to}`)}) +
        (event.archives === undefined
          ? ''
          : ` ${t('models.audit.archives', {version: event.archives})}`) +
        (event.override ? ` ${t('models.audit.override')}` : '')
      )
    case 'rolled-back':
      return t('models.audit.rolledBack', {version, from: event.from})
    case 'described':
      return t('models.audit.described', {version})
    default:
      return t(`models.audit.${event.type}`, {version})
  }
}
