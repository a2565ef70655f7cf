// A text of the document: shown as Markdown, edited in place.
import {Text, UnstyledButton} from '@mantine/core'
import {memo, useEffect, useState} from 'react'
import {BodyText} from '../form/body-text.tsx'
import {textOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import {Markdown} from '../ui/markdown.tsx'
import {useEditing} from './editing.ts'
import css from './notebook.module.css'
import {selectHere} from './select-here.ts'

export const TextView = memo(function TextView({id, selected}: {id: string; selected: boolean}) {
  const t = useT()
  const text = useStore(state => (state.doc ? textOf(state.doc, id) : ''))
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const [editing, setEditing] = useState(false)
  const asked = useEditing(state => state.id === id)
  const answered = useEditing(state => state.done)
  useEffect(() => {
    if (!asked) return
    setEditing(true)
    answered()
  }, [asked, answered])
  if (editing && !readOnly)
    return (
      <div className={css.text} data-selected={selected}>
        <BodyText
          id={id}
          label={t('notebook.text')}
          readOnly={readOnly}
          autoFocus
          onDone={() => setEditing(false)}
        />
      </div>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: J, K and E choose and edit
    <div
      className={css.text}
      data-selected={selected}
      onClick={() => selectHere([id])}
      onDoubleClick={() => setEditing(true)}
    >
      {text.length > most ? <Long text={text} /> : <Markdown text={text} />}
      {selected && !readOnly && (
        <UnstyledButton fz="xs" c="var(--mantine-color-anchor)" onClick={() => setEditing(true)}>
          {t('notebook.editText')}
        </UnstyledButton>
      )}
    </div>
  )
})

/** Characters up to which a text is laid out as Markdown; a longer one would hold up the window. */
const most = 200_000

/** The beginning of a very long text as it is written. */
function Long({text}: {text: string}) {
  const t = useT()
  const {whole} = useFormat()
  return (
    <>
      <Text size="sm" c="var(--bancada-warn)">
        {t('notebook.longText', {n: whole(text.length), shown: whole(shownOfLong)})}
      </Text>
      <div className={css.long}>{text.slice(0, shownOfLong)}</div>
    </>
  )
}
const shownOfLong = 20_000
