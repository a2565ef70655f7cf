// A search field over a list that is always open: the arrow keys choose, Enter takes, the first stands chosen.
import {Combobox, TextInput, useCombobox} from '@mantine/core'
import {IconSearch} from '@tabler/icons-react'
import {type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState} from 'react'
import css from './search-list.module.css'

/**
 * `children`: `Combobox.Option`s, in groups or not, for what `text` finds. Put it into a Modal or a Popover: it
 * takes the focus, and closing is up to the caller.
 */
export function SearchList({
  label,
  listLabel,
  text,
  setText,
  onPick,
  children,
}: {
  label: string
  listLabel: string
  text: string
  setText: (text: string) => void
  /** The `value` of the option. */
  onPick: (value: string) => void
  children: ReactNode
}) {
  const combobox = useCombobox({opened: true})
  const {selectFirstOption} = combobox
  const list = useId()
  // Mantine's trap gives the focus a moment later; what is typed until then must not be lost.
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus({preventScroll: true}), [])
  /** The option that is chosen before any arrow key is. */
  const [first, setFirst] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other options
  useEffect(() => {
    setFirst(selectFirstOption() ?? undefined)
  }, [text, selectFirstOption])
  return (
    <Combobox store={combobox} onOptionSubmit={onPick}>
      {/* The list does not close by itself, so that Escape is for what it stands in; Mantine drops `undefined`. */}
      <Combobox.EventsTarget
        withExpandedAttribute
        aria-controls={list}
        data-mantine-stop-propagation={false}
        {...(first !== undefined && {'aria-activedescendant': first})}
      >
        <TextInput
          ref={field}
          data-autofocus
          aria-label={label}
          placeholder={label}
          value={text}
          leftSection={<IconSearch size={14} aria-hidden />}
          onKeyDown={({key}) => key.startsWith('Arrow') && setFirst(undefined)}
          onChange={event => setText(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options id={list} className={css.options} aria-label={listLabel}>
        {children}
      </Combobox.Options>
    </Combobox>
  )
}
