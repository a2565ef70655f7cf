// An image to ask a model about: dropped, chosen from a file, or one of those that the bundle is held to.
import {Button, FileButton, Group, Input, Stack, Text, UnstyledButton} from '@mantine/core'
import {type DragEvent, useState} from 'react'
import type {Column} from '../../core/schema/table.ts'
import {useT} from '../ui/i18n.ts'
import css from './models.module.css'

/** `value` is a data URL, or empty; so are the examples. */
export function ImageField({
  column: {name, type},
  value,
  examples,
  onChange,
}: {
  column: Column
  value: string
  examples: readonly string[]
  onChange: (value: string) => void
}) {
  const t = useT()
  const [over, setOver] = useState(false)
  const take = async (file: File | null | undefined) => {
    if (file) onChange(await dataUrl(file))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <Stack gap={6}>
      <div>
        <Input.Label component="div">{name}</Input.Label>
        <Input.Description>{type}</Input.Description>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button chooses a file as well */}
      <div
        className={css.drop}
        data-over={over || undefined}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {value ? (
          <img className={css.asked} src={value} alt={t('models.try.image', {column: name})} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('models.try.missing')}
          </Text>
        )}
        <Stack gap={4} align="flex-start">
          <FileButton accept="image/png,image/jpeg" onChange={file => void take(file)}>
            {props => (
              <Button variant="default" {...props}>
                {t('models.try.chooseImage')}
              </Button>
            )}
          </FileButton>
          <Text size="xs" c="dimmed">
            {t('models.try.drop')}
          </Text>
        </Stack>
      </div>
      {examples.length > 0 && (
        <Group gap={4} role="group" aria-label={t('models.try.examples')}>
          {examples.map((example, i) => (
            <UnstyledButton
              key={example}
              className={css.example}
              aria-pressed={example === value}
              aria-label={t('models.try.example', {n: i + 1})}
              onClick={() => onChange(example)}
            >
              <img src={example} alt="" />
            </UnstyledButton>
          ))}
        </Group>
      )}
    </Stack>
  )
}

const dataUrl = (file: File): Promise<string> =>
  new Promise((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => failed(reader.error)
    reader.readAsDataURL(file)
  })
