// The kinds of cells to choose one from, by group, found by their words.
import {Combobox, Text} from '@mantine/core'
import {useMemo, useState} from 'react'
import type {KindInfo} from '../../core/schema/kind.ts'
import type {Port} from '../../core/schema/value.ts'
import {useStore} from '../state/store.ts'
import {type Key, useKindWords, useT} from './i18n.ts'
import css from './kind-picker.module.css'
import {PortShape} from './port-shape.tsx'
import {fold, holds} from './search.ts'
import {SearchList} from './search-list.tsx'

const groups = [
  'data',
  'clean',
  'columns',
  'numbers',
  'categories',
  'text',
  'time',
  'rows',
  'tables',
  'models',
  'review',
] as const

type Found = {info: KindInfo; title: string; doc: string}

/**
 * A search field over all kinds that can run; `accepts` leaves those that take such a value. Put it into a
 * Modal with a title or a Popover: it takes the focus, and closing is up to the caller.
 */
export function KindPicker({onPick, accepts}: {onPick: (kind: KindInfo) => void; accepts?: Port}) {
  const t = useT()
  const [text, setText] = useState('')
  const found = useKinds(text, accepts)
  return (
    <SearchList
      label={t('canvas.picker.search')}
      listLabel={t('canvas.picker.kinds')}
      text={text}
      setText={setText}
      onPick={kind => {
        const picked = found.flatMap(({of}) => of).find(({info}) => info.kind === kind)
        if (picked) onPick(picked.info)
      }}
    >
      {found.length === 0 && <Combobox.Empty>{t('canvas.picker.none')}</Combobox.Empty>}
      {found.map(({group, of}) => (
        <Combobox.Group key={group} label={groupName(group, t)}>
          {of.map(one => (
            <Option key={one.info.kind} {...one} accepts={accepts} />
          ))}
        </Combobox.Group>
      ))}
    </SearchList>
  )
}

function Option({info, title, doc, accepts}: Found & {accepts?: Port | undefined}) {
  const t = useT()
  const {in: takes, out} = info.ports
  const gives = out === 'same' ? (accepts ?? takes.accepts[0]) : out
  return (
    <Combobox.Option value={info.kind}>
      <div className={css.title}>
        <Text size="sm">{title}</Text>
        {gives && (
          <Text size="xs" c="dimmed" component="span" className={css.gives}>
            <PortShape port={gives} />
            {out === 'same' ? t('canvas.picker.same') : t(`common.what.${gives}`)}
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {doc}
      </Text>
    </Combobox.Option>
  )
}

/** By group, in the order of the palette; those whose title begins with the text come first in theirs. */
function useKinds(text: string, accepts: Port | undefined): {group: string; of: Found[]}[] {
  const kindList = useStore(state => state.kindList)
  const words = useKindWords()
  const t = useT()
  return useMemo(() => {
    const all = kindList.flatMap((info): Found[] => {
      const {later, ports} = info
      if (later) return []
      if (accepts && (ports.in.max === 0 || !ports.in.accepts.includes(accepts))) return []
      return [{info, ...words(info.kind, info)}]
    })
    const fits = all.filter(({info, title, doc}) =>
      holds(`${title} ${info.kind} ${groupName(info.group, t)} ${doc}`, text),
    )
    const begins = ({title}: Found) => (text && fold(title).startsWith(fold(text.trim())) ? 0 : 1)
    const known = [...new Set([...groups, ...fits.map(({info}) => info.group)])]
    const made = known.map(group => ({
      group,
      of: fits.filter(({info}) => info.group === group).sort((a, b) => begins(a) - begins(b)),
    }))
    // What is meant most likely stands first, so that Enter takes it.
    const best = (of: Found[]) => Math.min(1, ...of.map(begins))
    return made.filter(({of}) => of.length > 0).sort((a, b) => best(a.of) - best(b.of))
  }, [kindList, words, t, text, accepts])
}

function groupName(group: string, t: (key: Key) => string): string {
  const known = groups.find(name => name === group)
  return known ? t(`canvas.groups.${known}`) : group
}
