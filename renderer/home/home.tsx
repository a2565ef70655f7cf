// The home screen: recent projects, and the ways to begin: a template, a folder that is a project, a data file.
import {ActionIcon, Button, Group, Text, Title, Tooltip} from '@mantine/core'
import {useDisclosure} from '@mantine/hooks'
import {IconFolderOpen, IconPlus, IconSettings} from '@tabler/icons-react'
import {useCallback, useEffect, useState} from 'react'
import {useStore} from '../state/store.ts'
import {useCommands} from '../ui/commands.ts'
import {useT} from '../ui/i18n.ts'
import {KeySheet} from '../ui/key-sheet.tsx'
import {useKeyboard, useMenu} from '../ui/keyboard.ts'
import {Loading} from '../ui/loading.tsx'
import {Notices} from '../ui/notices.tsx'
import {Palette} from '../ui/palette.tsx'
import {usePanels} from '../ui/panels.ts'
import {Settings} from '../ui/settings.tsx'
import {Begin} from './begin.tsx'
import {DropZone} from './drop-zone.tsx'
import {FolderPicker} from './folder-picker.tsx'
import css from './home.module.css'
import {NewProject} from './new-project.tsx'
import {type List, useOpenProject} from './projects.ts'
import {Recent} from './recent.tsx'

export function Home() {
  const t = useT()
  const call = useStore(state => state.call)
  const fail = useStore(state => state.fail)
  const show = usePanels(state => state.show)
  const openProject = useOpenProject()
  const [list, setList] = useState<List>()
  /** What a new project is about to begin with; an empty text for nothing. */
  const [template, begin] = useState<string>()
  const [browsing, browse] = useDisclosure(false)
  const commands = useCommands()
  useKeyboard(commands)
  useMenu(commands)
  const read = useCallback(() => {
    call('home.list', {}).then(setList, fail)
  }, [call, fail])
  useEffect(read, [read])
  return (
    <DropZone>
      <main className={css.home}>
        <header className={css.head}>
          <img src="/icon.svg" alt="" width={44} height={44} />
          <div className={css.grow}>
            <Title order={1} size="h3">
              Bancada
            </Title>
            <Text c="dimmed">{t('home.what')}</Text>
          </div>
          <Group gap="xs">
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => begin(list?.templates[0]?.name ?? '')}
            >
              {t('home.new')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={16} aria-hidden />}
              onClick={browse.open}
            >
              {t('home.openFolder')}
            </Button>
            <Tooltip label={t('window.settings.title')}>
              <ActionIcon
                size="lg"
                aria-label={t('window.settings.title')}
                onClick={() => show('settings')}
              >
                <IconSettings size={20} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        </header>
        {!list && <Loading />}
        {list && list.recent.length > 0 && (
          <Recent projects={list.recent} open={openProject} forgotten={read} />
        )}
        {list && <Begin templates={list.templates.map(({name}) => name)} begin={begin} />}
      </main>
      {list && (
        <NewProject
          list={list}
          template={template}
          choose={begin}
          onMade={folder => void openProject(folder)}
        />
      )}
      <FolderPicker
        opened={browsing}
        onClose={browse.close}
        onPick={folder => void openProject(folder)}
      />
      <Palette commands={commands} />
      <KeySheet commands={commands} />
      <Settings />
      <Notices />
    </DropZone>
  )
}
