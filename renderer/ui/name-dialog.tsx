// A dialogue that asks what something new is to be called.
import {Button, Modal, Stack, TextInput} from '@mantine/core'
import type {ReactNode} from 'react'
import {store} from '../state/store.ts'
import {useT} from './i18n.ts'

/** `make` is given the name, trimmed and never empty; the dialogue closes when it is done, and tells a failure. */
export function NameDialog({
  title,
  label,
  opened,
  onClose,
  make,
  children,
}: {
  title: string
  label: string
  opened: boolean
  onClose: () => void
  make: (name: string) => Promise<void>
  /** What else is asked. */
  children?: ReactNode
}) {
  const t = useT()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
          if (name) make(name).then(onClose, store.getState().fail)
        }}
      >
        <Stack>
          <TextInput name="name" label={label} data-autofocus required />
          {children}
          <Button type="submit">{t('common.create')}</Button>
        </Stack>
      </form>
    </Modal>
  )
}
