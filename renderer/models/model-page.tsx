// One model: its versions, the chosen one in full, its card, a place to try it, and everything that was done.
import {Box, Button, Group, Stack, Tabs, Text, Title} from '@mantine/core'
import {useCallback, useState} from 'react'
import {useCall} from '../runs/use-call.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {type Action, ActionDialog} from './action-dialog.tsx'
import {AuditLog} from './audit-log.tsx'
import {CardView} from './card-view.tsx'
import css from './models.module.css'
import {TryIt} from './try-it.tsx'
import {VersionPage} from './version-page.tsx'
import {VersionsTable} from './versions-table.tsx'

/** `onChanged`: the list beside this is out of date. */
export function ModelPage({name, onChanged}: {name: string; onChanged: () => void}) {
  const t = useT()
  const [chosen, setChosen] = useState<number>()
  const [action, setAction] = useState<Action>()
  const [tab, setTab] = useState<string | null>('version')
  const {
    value: model,
    fault,
    again,
  } = useCall(
    useCallback(
      (signal: AbortSignal) => store.getState().call('models.get', {name}, {signal}),
      [name],
    ),
  )
  if (fault && !model)
    return (
      <Stack p="md" maw={720}>
        <Title order={2} size="h3">
          {name}
        </Title>
        <FaultAlert fault={fault} />
        <AuditLog name={name} turn={0} />
      </Stack>
    )
  if (!model) return <Loading />
  const {versions, production, served} = model
  const version = versions.find(v => v.version === chosen) ?? versions.at(-1)
  if (!version) return <Text p="md">{t('models.noVersion')}</Text>
  const before = [...new Set(served)].filter(number => number !== production)
  const done = () => {
    setAction(undefined)
    again()
    onChanged()
  }
  return (
    <Box className={css.page}>
      <Stack p="md" gap="md">
        <Group justify="space-between">
          <div>
            <Title order={2} size="h3">
              {name}
            </Title>
            <Text size="sm" c="dimmed">
              {production === undefined
                ? t('models.noProduction')
                : t('models.inProduction', {version: production})}
            </Text>
          </div>
          <Button
            variant="default"
            disabled={production === undefined || before.length === 0}
            title={before.length === 0 ? t('models.noRollBack') : undefined}
            onClick={() => setAction({do: 'rollBack'})}
          >
            {t('models.actions.rollBack')}
          </Button>
        </Group>
        <VersionsTable model={model} chosen={version.version} onChoose={setChosen} />
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="version">
              {t('models.versionTab', {version: version.version})}
            </Tabs.Tab>
            <Tabs.Tab value="card">{t('models.card.title')}</Tabs.Tab>
            <Tabs.Tab value="try">{t('models.try.title')}</Tabs.Tab>
            <Tabs.Tab value="audit">{t('models.audit.title')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="version" pt="md">
            <VersionPage model={model} version={version} onAct={setAction} />
          </Tabs.Panel>
          <Tabs.Panel value="card" pt="md">
            <CardView version={version} onChanged={done} />
          </Tabs.Panel>
          <Tabs.Panel value="try" pt="md">
            <TryIt key={version.version} version={version} />
          </Tabs.Panel>
          <Tabs.Panel value="audit" pt="md">
            <AuditLog name={name} turn={model} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
      {action && (
        <ActionDialog
          action={action}
          model={model}
          version={version.version}
          onClose={() => setAction(undefined)}
          onDone={done}
        />
      )}
    </Box>
  )
}
