import {Modal, NumberInput, SegmentedControl, Stack, Text, TextInput} from '@mantine/core'
import {useState} from 'react'
import {useStore} from '../state/store.ts'
import {useLanguage, useT} from './i18n.ts'
import {usePanels} from './panels.ts'

export function Settings() {
  const t = useT()
  const language = useLanguage()
  const {open, hide} = usePanels()
  const settings = useStore(state => state.settings)
  const setSettings = useStore(state => state.setSettings)
  return (
    <Modal
      opened={open === 'settings'}
      onClose={hide}
      title={t('window.settings.title')}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <Stack gap="md">
        <div>
          <Text size="sm" id="set-language">
            {t('window.settings.language')}
          </Text>
          <SegmentedControl
            aria-labelledby="set-language"
            value={language}
            onChange={value => setSettings({language: value as 'en' | 'pt-BR'})}
            data={[
              {value: 'en', label: 'English'},
              {value: 'pt-BR', label: 'Português (Brasil)'},
            ]}
          />
        </div>
        <div>
          <Text size="sm" id="set-theme">
            {t('window.settings.theme')}
          </Text>
          <SegmentedControl
            aria-labelledby="set-theme"
            value={settings.theme}
            onChange={value => setSettings({theme: value as 'light' | 'dark' | 'system'})}
            data={(['light', 'dark', 'system'] as const).map(value => ({
              value,
              label: t(`window.settings.${value}`),
            }))}
          />
        </div>
        <Memory />
        <NumberInput
          label={t('window.settings.threads')}
          min={1}
          allowDecimal={false}
          value={settings.threads ?? ''}
          onChange={value =>
            setSettings({threads: typeof value === 'number' && value >= 1 ? value : undefined})
          }
        />
      </Stack>
    </Modal>
  )
}

/** Kept once the field is left, if it is an amount; what is none stays where it was typed, and why is said. */
function Memory() {
  const t = useT()
  const memory = useStore(state => state.settings.memory)
  const setSettings = useStore(state => state.setSettings)
  const [refused, setRefused] = useState(false)
  return (
    <TextInput
      label={t('window.settings.memory')}
      description={t('window.settings.memoryHint')}
      placeholder="4GB"
      defaultValue={memory ?? ''}
      error={refused && t('window.settings.memoryRefused')}
      onBlur={event => {
        const typed = event.currentTarget.value.trim().replace(',', '.')
        const good = typed === '' || /^\d+(\.\d+)?\s*(MB|GB|MiB|GiB)$/i.test(typed)
        setRefused(!good)
        if (good) setSettings({memory: typed || undefined})
      }}
    />
  )
}
