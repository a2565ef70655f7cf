// The graph as a list, for whoever does not look at pictures: each cell, what it takes and gives, and connecting.
import {ActionIcon, Button, UnstyledButton} from '@mantine/core'
import {IconArrowRight, IconX} from '@tabler/icons-react'
import {memo} from 'react'
import {stateOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {useKindWords, useT} from '../ui/i18n.ts'
import type {Actions} from './actions.ts'
import {type Graph, type GraphCell, referenceOf} from './graph.ts'
import css from './outline.module.css'
import {StateMark} from './state-mark.tsx'

type Doing = {
  disconnect: Actions['disconnect']
  connectTo: (from: string) => void
  go: (id: string) => void
}

export const Outline = memo(({graph, ...doing}: {graph: Graph} & Doing) => {
  const t = useT()
  return (
    <nav className={css.outline} aria-label={t('canvas.outline.title')}>
      <ol className={css.cells}>
        {[...graph.cells.values()].map(cell => (
          <Item key={cell.id} cell={cell} {...doing} />
        ))}
      </ol>
    </nav>
  )
})

const Item = memo(({cell, disconnect, connectTo, go}: {cell: GraphCell} & Doing) => {
  const t = useT()
  const words = useKindWords()
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const chosen = useStore(state => state.selection.includes(cell.id))
  const state = useStore(({doc}) => (doc ? stateOf(doc, cell.id) : 'unknown'))
  const {id, name, kind, info, inputs, outputs, gives} = cell
  return (
    <li className={css.cell} data-chosen={chosen || undefined}>
      <UnstyledButton
        className={css.name}
        aria-current={chosen || undefined}
        onClick={() => go(id)}
      >
        <strong>{name}</strong>
        <span className={css.kind}>{info ? words(kind, info).title : kind}</span>
        <StateMark state={state} />
      </UnstyledButton>
      {inputs.length > 0 && (
        <ul className={css.ends} aria-label={t('canvas.outline.takes', {name})}>
          {inputs.map((edge, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list may name a cell twice
            <li key={i}>
              <span className={css.word}>{t('canvas.outline.from')}</span>
              <UnstyledButton className={css.link} onClick={() => go(edge.from)}>
                {referenceOf(edge)}
              </UnstyledButton>
              {!readOnly && cell.language === 'yaml' && (
                <ActionIcon
                  size="sm"
                  aria-label={t('canvas.outline.cut', {from: referenceOf(edge), to: name})}
                  onClick={() => void disconnect([edge])}
                >
                  <IconX size={12} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {outputs.length > 0 && (
        <ul className={css.ends} aria-label={t('canvas.outline.gives', {name})}>
          {outputs.map((edge, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list may name a cell twice
            <li key={i}>
              <span className={css.word}>{t('canvas.outline.to')}</span>
              <UnstyledButton className={css.link} onClick={() => go(edge.to)}>
                {edge.to}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {!readOnly && gives && (
        <Button
          size="compact-xs"
          h={24}
          variant="subtle"
          leftSection={<IconArrowRight size={12} aria-hidden />}
          aria-label={t('canvas.outline.connect', {name})}
          onClick={() => connectTo(id)}
        >
          {t('canvas.commands.connect')}
        </Button>
      )}
    </li>
  )
})
