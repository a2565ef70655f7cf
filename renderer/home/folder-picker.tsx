// Choosing a folder of this machine, which a page cannot ask the system for.
import {Button, Group, Modal, Stack, Text, TextInput, UnstyledButton} from '@mantine/core'
import {IconArrowUp, IconBox, IconFolder} from '@tabler/icons-react'
import {useCallback, useEffect, useState} from 'react'
import type {OutputOf} from '../../core/contract.ts'
import {type Fault, toFault} from '../../core/error.ts'
import {useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import css from './home.module.css'

type Listing = OutputOf<'home.browse'>

export function FolderPicker({
  opened,
  onClose,
  onPick,
}: {
  opened: boolean
  onClose: () => void
  onPick: (folder: string) => void
}) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('home.openFolder')}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <Folders onPick={onPick} />
    </Modal>
  )
}

function Folders({onPick}: {onPick: (folder: string) => void}) {
  const t = useT()
  const call = useStore(state => state.call)
  const [listing, setListing] = useState<Listing>()
  const [fault, setFault] = useState<Fault>()
  const [path, setPath] = useState('')
  const look = useCallback(
    async (folder?: string) => {
      try {
        const found = await call('home.browse', {folder})
        setListing(found)
        setPath(found.folder)
        setFault(undefined)
      } catch (error) {
        setFault(toFault(error))
      }
    },
    [call],
  )
  useEffect(() => void look(), [look])
  const folders = listing?.entries.filter(({folder}) => folder) ?? []
  const project = listing?.entries.some(({name}) => name === 'bancada.json') ?? false
  const inside = (name: string) => `${listing!.folder.replace(/[\\/]$/, '')}/${name}`
  return (
    <Stack>
      <form
        onSubmit={event => {
          event.preventDefault()
          void look(path)
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            style={{flex: 1}}
            label={t('home.path')}
            value={path}
            onChange={event => setPath(event.currentTarget.value)}
            data-autofocus
          />
          <Button
            variant="default"
            disabled={!listing?.parent}
            leftSection={<IconArrowUp size={14} aria-hidden />}
            onClick={() => void look(listing!.parent)}
          >
            {t('home.up')}
          </Button>
        </Group>
      </form>
      {fault && <FaultAlert fault={fault} />}
      <div className={css.folders}>
        {folders.map(({name, project: is}) => (
          <UnstyledButton
            key={name}
            className={css.folder}
            onClick={() => (is ? onPick(inside(name)) : void look(inside(name)))}
          >
            {is ? <IconBox size={18} aria-hidden /> : <IconFolder size={18} aria-hidden />}
            <Text size="sm" fw={is ? 600 : 400}>
              {name}
              {is && ` · Bancada`}
            </Text>
          </UnstyledButton>
        ))}
      </div>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {!project && listing ? t('home.notProject') : ''}
        </Text>
        <Button disabled={!project} onClick={() => onPick(listing!.folder)}>
          {t('home.openHere')}
        </Button>
      </Group>
    </Stack>
  )
}
