// A value in full, below the grid; it follows the cursor while it is open.
import {CloseButton, CopyButton, Group, Text, UnstyledButton} from '@mantine/core'
import {useMemo} from 'react'
import type {Column} from '../../core/schema/table.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import {Picture} from '../ui/picture.tsx'
import {wholeText} from './cell-text.ts'
import css from './grid.module.css'

/** Characters that are drawn; the copy has all. */
const most = 100_000
/** px of an image's longer side. */
const largest = 224

type ViewerProps = {column: Column; row: number; value: unknown; onClose: () => void}

export function Viewer({column, row, value, onClose}: ViewerProps) {
  const t = useT()
  const {whole} = useFormat()
  const text = useMemo(() => wholeText(value), [value])
  return (
    <section className={css.viewer} aria-label={t('table.viewer.label')}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" truncate>
          {t('table.viewer.where', {column: column.name, row: whole(row + 1)})} · {column.type}
          {typeof value === 'string' && ` · ${t('table.viewer.characters', {n: value.length})}`}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <CopyButton value={text}>
            {({copied, copy}) => (
              <UnstyledButton fz="xs" td="underline" c="var(--mantine-color-anchor)" onClick={copy}>
                {t(copied ? 'common.copied' : 'common.copy')}
              </UnstyledButton>
            )}
          </CopyButton>
          <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
        </Group>
      </Group>
      {value instanceof Uint8Array ? (
        <Picture pixels={value} type={column.type} size={largest} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long value scrolls, by the keyboard too
        <pre tabIndex={0} aria-live="polite">
          {value === null
            ? t('table.value.missing')
            : value === ''
              ? t('table.value.empty')
              : text.slice(0, most)}
        </pre>
      )}
    </section>
  )
}
