// A cell's body as plain text, saved as it is typed.
import {Button, Group, Text, Textarea} from '@mantine/core'
import {textOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'

export function BodyText({
  id,
  label,
  readOnly,
  autoFocus,
  onDone,
}: {
  id: string
  label: string
  readOnly: boolean
  autoFocus?: boolean
  /** Escape was pressed, or the text was left. */
  onDone?: () => void
}) {
  const text = useStore(state => (state.doc ? textOf(state.doc, id) : ''))
  const type = useStore(state => state.type)
  return (
    <>
      <Textarea
        aria-label={label}
        // Measuring a very long text with every key would hold up the window.
        {...(text.length > 100_000 ? {rows: 30} : {autosize: true, minRows: 2, maxRows: 30})}
        readOnly={readOnly}
        autoFocus={autoFocus}
        spellCheck={id.endsWith('¶')}
        styles={{input: {fontFamily: 'var(--mantine-font-family-monospace)'}}}
        value={text}
        onChange={event => type(id, event.currentTarget.value)}
        onBlur={onDone}
        onKeyDown={event => {
          if (event.key === 'Escape' && onDone) {
            event.preventDefault()
            onDone()
          }
        }}
      />
      <Conflict id={id} />
    </>
  )
}

/** Somebody else changed the same text; the user chooses. */
export function Conflict({id}: {id: string}) {
  const t = useT()
  const conflict = useStore(state => state.doc?.drafts[id]?.conflict ?? false)
  const settle = useStore(state => state.settle)
  if (!conflict) return null
  return (
    <Group role="alert" gap="xs">
      <Text size="sm" c="var(--bancada-warn)">
        {t('notebook.conflict.text')}
      </Text>
      <Button variant="default" onClick={() => settle(id, 'mine')}>
        {t('notebook.conflict.mine')}
      </Button>
      <Button variant="default" onClick={() => settle(id, 'theirs')}>
        {t('notebook.conflict.theirs')}
      </Button>
    </Group>
  )
}
