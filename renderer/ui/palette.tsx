// One place to reach everything: commands, documents, cells.
import {Combobox, Group, Kbd, Modal, Text} from '@mantine/core'
import {useEffect, useMemo, useRef, useState} from 'react'
import {cellsOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import type {Command} from './commands.ts'
import {useKindWords, useT} from './i18n.ts'
import {shownKeys} from './keyboard.ts'
import {usePanels} from './panels.ts'
import {fold} from './search.ts'
import {SearchList} from './search-list.tsx'

const most = 50

export function Palette({commands}: {commands: readonly Command[]}) {
  const {open, times} = usePanels()
  return open === 'palette' && <Opened key={times} commands={commands} />
}

/**
 * Mounted open and without a transition: the field has the focus before the next key comes, so that a name
 * typed right after the palette's own keys goes into it and not to the document.
 */
function Opened({commands}: {commands: readonly Command[]}) {
  const t = useT()
  const hide = usePanels(panels => panels.hide)
  return (
    <Modal.Root
      opened
      onClose={hide}
      padding="xs"
      size="lg"
      yOffset="10vh"
      transitionProps={{duration: 0}}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('window.commands.palette')}>
        <Modal.Body ref={useReturnOfFocus()}>
          <Search commands={commands} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** What is mounted around the focus gives it back to who had it, unless something else has taken it. */
function useReturnOfFocus() {
  const [before] = useState(() => document.activeElement)
  const body = useRef<HTMLElement>(undefined)
  useEffect(
    () => () => {
      const now = document.activeElement
      const lost = now === null || now === document.body || body.current?.contains(now)
      if (lost && before instanceof HTMLElement) before.focus({preventScroll: true})
    },
    [before],
  )
  return (node: HTMLElement | null) => {
    if (node) body.current = node
  }
}

type Entry = {id: string; title: string; hint?: string; keys?: string; run: () => void}

function Search({commands}: {commands: readonly Command[]}) {
  const t = useT()
  const hide = usePanels(panels => panels.hide)
  const [text, setText] = useState('')
  const cells = useCellEntries()
  const found = useMemo(() => {
    const able: Entry[] = commands.filter(({id, disabled}) => !disabled && id !== 'palette')
    return ranked(text, [...able, ...cells]).slice(0, most)
  }, [text, commands, cells])
  return (
    <SearchList
      label={t('window.palette.open')}
      listLabel={t('window.palette.commands')}
      text={text}
      setText={setText}
      onPick={id => {
        hide()
        found.find(entry => entry.id === id)?.run()
      }}
    >
      {found.length === 0 && <Combobox.Empty>{t('window.palette.empty')}</Combobox.Empty>}
      {found.map(({id, title, hint, keys}) => (
        <Combobox.Option key={id} value={id}>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              {title}
            </Text>
            {keys && <Kbd size="xs">{shownKeys(keys.split(' ')[0]!)}</Kbd>}
            {hint && (
              <Text size="xs" c="dimmed">
                {hint}
              </Text>
            )}
          </Group>
        </Combobox.Option>
      ))}
    </SearchList>
  )
}

function useCellEntries(): Entry[] {
  const doc = useStore(state => state.doc)
  const kinds = useStore(state => state.kinds)
  const select = useStore(state => state.select)
  const words = useKindWords()
  return useMemo(
    () =>
      (doc ? cellsOf(doc) : []).map(({id, name, kind}) => {
        const info = kinds[kind]
        return {
          id: `cell-${id}`,
          title: name,
          hint: info ? words(kind, info).title : kind,
          run: () => select([id]),
        }
      }),
    [doc, kinds, select, words],
  )
}

/** Those that hold every word of the text; the ones that begin with it first. */
function ranked(text: string, entries: readonly Entry[]): Entry[] {
  const wanted = fold(text).split(/\s+/).filter(Boolean)
  const scored = entries.flatMap((entry, i) => {
    const title = fold(entry.title)
    const all = `${title} ${fold(entry.hint ?? '')}`
    if (!wanted.every(word => all.includes(word))) return []
    const starts = wanted[0] !== undefined && title.startsWith(wanted[0]) ? 0 : 1
    return [{entry, score: starts * 1e6 + i}]
  })
  return scored.sort((a, b) => a.score - b.score).map(({entry}) => entry)
}
