// The dialogue for a new project: its name, and what it begins with.
import {Paper, Radio, Stack, Text} from '@mantine/core'
import {useStore} from '../state/store.ts'
import {useLanguage, useT} from '../ui/i18n.ts'
import {NameDialog} from '../ui/name-dialog.tsx'
import {type List, templateWords} from './projects.ts'

type Props = {
  list: List
  /** The template that is chosen, an empty text for none; the dialogue is closed without either. */
  template: string | undefined
  choose: (template: string | undefined) => void
  onMade: (folder: string) => void
}

export function NewProject({list: {templates, place}, template, choose, onMade}: Props) {
  const t = useT()
  const call = useStore(state => state.call)
  const language = useLanguage()
  async function make(name: string) {
    const {folder} = await call('home.create', {name, ...(template && {template, language})})
    onMade(folder)
  }
  return (
    <NameDialog
      title={t('home.new')}
      label={t('home.name')}
      opened={template !== undefined}
      onClose={() => choose(undefined)}
      make={make}
    >
      <Radio.Group label={t('home.template')} value={template ?? ''} onChange={choose}>
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
          <Radio value="" label={t('home.empty')} description={t('home.emptyAbout')} />
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
