// Projects that were open lately.
import {Button, Text, Title, UnstyledButton} from '@mantine/core'
import {IconFolder, IconX} from '@tabler/icons-react'
import {useStore} from '../state/store.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './home.module.css'
import type {List} from './projects.ts'

type Props = {
  projects: List['recent']
  open: (folder: string) => Promise<void>
  /** One was taken off the list. */
  forgotten: () => void
}

export function Recent({projects, open, forgotten}: Props) {
  const t = useT()
  const {day} = useFormat()
  const call = useStore(state => state.call)
  const fail = useStore(state => state.fail)
  return (
    <section aria-labelledby="recent">
      <Title order={2} size="h5" id="recent">
        {t('home.recent')}
      </Title>
      <ul className={css.list}>
        {projects.map(({folder, name, opened, missing}) => (
          <li key={folder} className={css.item}>
            <UnstyledButton
              className={css.open}
              disabled={missing}
              onClick={() => void open(folder)}
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
              onClick={() => call('home.forget', {folder}).then(forgotten, fail)}
            >
              <IconX size={14} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
