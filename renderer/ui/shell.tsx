// What surrounds every screen of a project: header, rail, status bar, overlays.
import {
  ActionIcon,
  Button,
  Group,
  Kbd,
  NavLink,
  Stack,
  Text,
  Tooltip,
  UnstyledButton,
} from '@mantine/core'
import {
  IconActivity,
  IconFlask,
  IconHome,
  IconNotebook,
  IconPackage,
  IconPlayerPlay,
  IconPlayerStop,
  IconRocket,
  IconSearch,
  IconTable,
} from '@tabler/icons-react'
import {type ComponentType, lazy, Suspense} from 'react'
import {Documents} from '../notebook/documents.tsx'
import {type Screen, screens} from '../state/route.ts'
import {useStore} from '../state/store.ts'
import {useCommands} from './commands.ts'
import {Failed} from './failed.tsx'
import {FaultAlert} from './fault.tsx'
import {useT} from './i18n.ts'
import {KeySheet} from './key-sheet.tsx'
import {shownKeys, useKeyboard, useMenu} from './keyboard.ts'
import {Later} from './later.tsx'
import {Loading} from './loading.tsx'
import {Lost} from './lost.tsx'
import {Notices} from './notices.tsx'
import {Palette} from './palette.tsx'
import {usePanels} from './panels.ts'
import {Settings} from './settings.tsx'
import css from './shell.module.css'
import {StatusBar} from './status-bar.tsx'

const screenOf: Record<Screen, ComponentType> = {
  documents: Documents,
  data: lazy(() => import('../data/data.tsx').then(m => ({default: m.Data}))),
  runs: lazy(() => import('../runs/runs.tsx').then(m => ({default: m.Runs}))),
  models: lazy(() => import('../models/models.tsx').then(m => ({default: m.Models}))),
  publish: () => <Later what="publish" />,
  monitor: () => <Later what="monitor" />,
}

const icons: Record<Screen, typeof IconTable> = {
  documents: IconNotebook,
  data: IconTable,
  runs: IconFlask,
  models: IconPackage,
  publish: IconRocket,
  monitor: IconActivity,
}

export function Shell() {
  const t = useT()
  const route = useStore(state => state.route)
  const project = useStore(state => state.project)
  const fault = useStore(state => state.projectFault)
  const go = useStore(state => state.go)
  const commands = useCommands()
  useKeyboard(commands)
  useMenu(commands)
  if (route.at !== 'project') return null
  const {screen} = route
  const Here = screenOf[screen]
  return (
    <div className={css.shell}>
      <Header />
      <Lost />
      <nav className={css.rail} aria-label={t('window.rail.label')}>
        {screens.map(name => {
          const Icon = icons[name]
          return (
            <Tooltip key={name} label={t(`window.rail.${name}`)} position="right">
              <NavLink
                component="button"
                className={css.place}
                active={name === screen}
                aria-current={name === screen ? 'page' : undefined}
                aria-label={t(`window.rail.${name}`)}
                leftSection={<Icon size={20} aria-hidden />}
                onClick={() => go({...route, screen: name, item: undefined})}
              />
            </Tooltip>
          )
        })}
      </nav>
      <main className={css.main}>
        {fault ? (
          <Stack p="xl" maw={640}>
            <Text size="lg">{t('window.project.missing')}</Text>
            <FaultAlert fault={fault}>
              <Button onClick={() => go({at: 'home'})}>{t('window.project.back')}</Button>
            </FaultAlert>
          </Stack>
        ) : (
          <Failed key={screen}>
            <Suspense fallback={<Loading />}>{project ? <Here /> : <Loading />}</Suspense>
          </Failed>
        )}
      </main>
      <StatusBar />
      <Palette commands={commands} />
      <KeySheet commands={commands} />
      <Settings />
      <Notices />
    </div>
  )
}

function Header() {
  const t = useT()
  const name = useStore(state => state.project?.manifest.name)
  const open = useStore(state => state.doc !== undefined)
  const running = useStore(state => state.doc?.running ?? false)
  const run = useStore(state => state.run)
  const stop = useStore(state => state.stop)
  const go = useStore(state => state.go)
  const show = usePanels(panels => panels.show)
  return (
    <header className={css.header}>
      <Group gap="xs" wrap="nowrap">
        <Tooltip label={t('window.home')}>
          <ActionIcon aria-label={t('window.home')} onClick={() => go({at: 'home'})}>
            <IconHome size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Text component="h1" size="sm" fw={600} truncate m={0} title={name}>
          {name ?? t('window.title')}
        </Text>
      </Group>
      <UnstyledButton className={css.search} onClick={() => show('palette')}>
        <IconSearch size={14} aria-hidden />
        <span>{t('window.palette.open')}</span>
        <Kbd size="xs">{shownKeys('mod+k')}</Kbd>
      </UnstyledButton>
      <Group gap="xs" justify="flex-end" wrap="nowrap">
        {open && running && (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={14} aria-hidden />}
            onClick={() => void stop()}
          >
            {t('window.run.stop')}
          </Button>
        )}
        {open && !running && (
          <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={() => void run()}>
            {t('window.run.all')}
          </Button>
        )}
      </Group>
    </header>
  )
}
