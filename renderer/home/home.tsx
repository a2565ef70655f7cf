// The home screen: recent projects, a new one, a folder that is one, or a file to begin one with.
import {Button, Group, Paper, Radio, Stack, Text, Title, UnstyledButton} from '@mantine/core'
import {useDisclosure} from '@mantine/hooks'
import {IconFolder, IconFolderOpen, IconPlus, IconX} from '@tabler/icons-react'
import {useCallback, useEffect, useState} from 'react'
import type {OutputOf} from '../../core/contract.ts'
import {en} from '../../resources/locales/en/index.ts'
import {useStore} from '../state/store.ts'
import {useCommands} from '../ui/commands.ts'
import {type Key, useFormat, useLanguage, useT} from '../ui/i18n.ts'
import {KeySheet} from '../ui/key-sheet.tsx'
import {useKeyboard, useMenu} from '../ui/keyboard.ts'
import {Loading} from '../ui/loading.tsx'
import {NameDialog} from '../ui/name-dialog.tsx'
import {Notices} from '../ui/notices.tsx'
import {Palette} from '../ui/palette.tsx'
import {Settings} from '../ui/settings.tsx'
import {DropZone} from './drop-zone.tsx'
import {FolderPicker} from './folder-picker.tsx'
import css from './home.module.css'

type List = OutputOf<'home.list'>

export function Home() {
  const t = useT()
  const {day} = useFormat()
  const call = useStore(state => state.call)
  const fail = useStore(state => state.fail)
  const openProject = useOpenProject()
  const [list, setList] = useState<List>()
  const [creating, create] = useDisclosure(false)
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
        <Group justify="space-between" align="baseline">
          <Title order={1} size="h3">
            Bancada
          </Title>
          <Group gap="xs">
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={create.open}>
              {t('home.new')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={16} aria-hidden />}
              onClick={browse.open}
            >
              {t('home.openFolder')}
            </Button>
          </Group>
        </Group>
        <Title order={2} size="h5" mt="lg">
          {t('home.recent')}
        </Title>
        {!list && <Loading />}
        {list?.recent.length === 0 && <Text c="dimmed">{t('home.none')}</Text>}
        <ul className={css.list}>
          {list?.recent.map(({folder, name, opened, missing}) => (
            <li key={folder} className={css.item}>
              <UnstyledButton
                className={css.open}
                disabled={missing}
                onClick={() => void openProject(folder)}
              >
                <IconFolder size={20} aria-hidden />
                <span>
                  <Text fw={600}>{name}</Text>
                  <Text size="xs" c="dimmed">
                    {folder} · {missing ? t('home.missing') : day(opened)}
                  </Text>
                </span>
              </UnstyledButton>
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                aria-label={`${t('home.forget')}: ${name}`}
                onClick={() => call('home.forget', {folder}).then(read, fail)}
              >
                <IconX size={14} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
        <Text size="sm" c="dimmed" mt="md">
          {t('home.drop')}
        </Text>
      </main>
      {list && (
        <NewProject
          list={list}
          opened={creating}
          onClose={create.close}
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

/** Opens a project's folder in this window. */
function useOpenProject() {
  const call = useStore(state => state.call)
  const fail = useStore(state => state.fail)
  const go = useStore(state => state.go)
  return useCallback(
    async (path: string) => {
      try {
        const {folder} = await call('home.open', {folder: path})
        go({at: 'project', folder, screen: 'documents'})
      } catch (error) {
        fail(error)
      }
    },
    [call, fail, go],
  )
}

function NewProject({
  list: {templates, place},
  opened,
  onClose,
  onMade,
}: {
  list: List
  opened: boolean
  onClose: () => void
  onMade: (folder: string) => void
}) {
  const t = useT()
  const call = useStore(state => state.call)
  const language = useLanguage()
  const [template, setTemplate] = useState(templates[0]?.name ?? '')
  async function make(name: string) {
    const {folder} = await call('home.create', {name, ...(template && {template, language})})
    onMade(folder)
  }
  return (
    <NameDialog
      title={t('home.new')}
      label={t('home.name')}
      opened={opened}
      onClose={onClose}
      make={make}
    >
      <Radio.Group label={t('home.template')} value={template} onChange={setTemplate}>
        <Stack gap="xs" mt="xs">
          {templates.map(({name, title}) => {
            const words = templateWords(name)
            return (
              <Radio
                key={name}
                value={name}
                label={words ? t(words.title) : title}
                description={words && t(words.about)}
              />
            )
          })}
          <Radio value="" label={t('home.empty')} />
        </Stack>
      </Radio.Group>
      <Paper withBorder p="xs">
        <Text size="xs" c="dimmed">
          {t('home.place', {folder: place})}
        </Text>
      </Paper>
    </NameDialog>
  )
}

/** Templates that the catalogue does not know are called by their own names. */
const templateWords = (name: string): {title: Key; about: Key} | undefined =>
  name in en.home.templates
    ? {title: `home.templates.${name}` as Key, about: `home.about.${name}` as Key}
    : undefined
