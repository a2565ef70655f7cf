// The registry: which models there are, and one of them in full.
import {Badge, Button, Group, NavLink, Stack, Text, Title} from '@mantine/core'
import {useCallback, useEffect} from 'react'
import type {Listed} from '../../core/contract.ts'
import {useCall} from '../runs/use-call.ts'
import {store, useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {GoToDocument} from '../ui/go-to-document.tsx'
import {useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {ModelPage} from './model-page.tsx'
import css from './models.module.css'

export function Models() {
  const t = useT()
  const item = useStore(state => (state.route.at === 'project' ? state.route.item : undefined))
  const running = useStore(state => state.doc?.running ?? false)
  const {
    value: list,
    fault,
    again,
  } = useCall(
    useCallback((signal: AbortSignal) => store.getState().call('models.list', {}, {signal}), []),
  )
  // A document that ran may have registered a version.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again whenever a run begins or ends
  useEffect(() => again(), [running, again])

  if (fault)
    return (
      <Stack p="md" maw={640}>
        <FaultAlert fault={fault}>
          <Button variant="default" onClick={again}>
            {t('common.tryAgain')}
          </Button>
        </FaultAlert>
      </Stack>
    )
  if (!list) return <Loading />
  if (list.length === 0) return <NoModels />
  const open = list.find(({name}) => name === item) ?? list[0]!
  return (
    <div className={css.screen}>
      <nav className={css.list} aria-label={t('models.title')}>
        {list.map(model => (
          <Entry key={model.name} model={model} active={model === open} />
        ))}
      </nav>
      <ModelPage key={open.name} name={open.name} onChanged={again} />
    </div>
  )
}

function Entry({model, active}: {model: Listed; active: boolean}) {
  const t = useT()
  const {name, versions, production, fault} = model
  return (
    <NavLink
      component="button"
      active={active}
      aria-current={active ? 'page' : undefined}
      label={name}
      description={`${t('models.versions', {n: versions.length})}${
        production === undefined ? '' : ` · ${t('models.inProduction', {version: production})}`
      }`}
      rightSection={
        fault && (
          <Badge color="red" variant="outline" size="sm">
            {t('models.damaged')}
          </Badge>
        )
      }
      onClick={() => goModel(name)}
    />
  )
}

function goModel(name: string) {
  const {route, go} = store.getState()
  if (route.at === 'project') go({...route, item: name})
}

function NoModels() {
  const t = useT()
  return (
    <Stack p="xl" maw={600} align="flex-start">
      <Title order={2}>{t('models.empty.title')}</Title>
      <Text>{t('models.empty.text')}</Text>
      <Group>
        <GoToDocument label={t('models.empty.go')} />
      </Group>
    </Stack>
  )
}
