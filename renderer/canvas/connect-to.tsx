// Connecting without a pointer: the cells that one may feed, and which part of a split is meant.
import {Button, Combobox, Group, Modal, Stack, Text} from '@mantine/core'
import {useMemo, useState} from 'react'
import {useKindWords, useT} from '../ui/i18n.ts'
import {holds} from '../ui/search.ts'
import {SearchList} from '../ui/search-list.tsx'
import type {Actions} from './actions.ts'
import {fitting, parts} from './connect.ts'
import type {Graph} from './graph.ts'

/** `from`: the cell whose output is to be taken; nothing while it is closed. */
export function ConnectTo({
  graph,
  from,
  close,
  connect,
}: {
  graph: Graph
  from: string | undefined
  close: () => void
  connect: Actions['connect']
}) {
  const t = useT()
  const title = t('canvas.connect.title', {name: from ?? ''})
  return (
    <Modal
      opened={from !== undefined}
      onClose={close}
      title={title}
      closeButtonProps={{'aria-label': t('common.close')}}
      padding="sm"
      yOffset="8vh"
      transitionProps={{duration: 0}}
    >
      {from !== undefined && (
        <Cells
          graph={graph}
          from={from}
          pick={to => {
            close()
            void connect(from, to)
          }}
        />
      )}
    </Modal>
  )
}

function Cells({graph, from, pick}: {graph: Graph; from: string; pick: (to: string) => void}) {
  const t = useT()
  const words = useKindWords()
  const [text, setText] = useState('')
  const all = useMemo(
    () =>
      fitting(graph, from).map(({id, name, kind, info, from: now}) => {
        const title = info ? words(kind, info).title : kind
        const instead = info?.ports.in.max === 1 && now[0] !== undefined
        return {
          id,
          name,
          title: instead ? t('canvas.connect.instead', {kind: title, from: now[0]!}) : title,
        }
      }),
    [graph, from, words, t],
  )
  const found = all.filter(({name, title}) => holds(`${name} ${title}`, text))
  return (
    <SearchList
      label={t('canvas.connect.search')}
      listLabel={t('canvas.connect.cells')}
      text={text}
      setText={setText}
      onPick={pick}
    >
      {found.length === 0 && (
        <Combobox.Empty>
          {t(all.length > 0 ? 'canvas.connect.notFound' : 'canvas.connect.none')}
        </Combobox.Empty>
      )}
      {found.map(({id, name, title}) => (
        <Combobox.Option key={id} value={id}>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              {name}
            </Text>
            <Text size="xs" c="dimmed">
              {title}
            </Text>
          </Group>
        </Combobox.Option>
      ))}
    </SearchList>
  )
}

/** `ends`: a split, and a cell that takes a table. */
export function WhichPart({
  ends,
  close,
  connect,
}: {
  ends: {from: string; to: string} | undefined
  close: () => void
  connect: Actions['connect']
}) {
  const t = useT()
  return (
    <Modal
      opened={ends !== undefined}
      onClose={close}
      title={t('canvas.part.title')}
      closeButtonProps={{'aria-label': t('common.close')}}
      padding="sm"
      size="sm"
      yOffset="8vh"
    >
      {ends && (
        <Stack gap="xs">
          <Text size="sm">{t('canvas.part.text', ends)}</Text>
          <Group gap="xs">
            {parts.map(part => (
              <Button
                key={part}
                variant="default"
                onClick={() => {
                  close()
                  void connect(ends.from, ends.to, part)
                }}
              >
                {t(`canvas.part.${part}`)}
              </Button>
            ))}
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
