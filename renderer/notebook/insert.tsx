// Between two blocks: adding a step, a query or a text there.
import {Button, Popover} from '@mantine/core'
import {IconMarkdown, IconPlus, IconSql} from '@tabler/icons-react'
import {memo, useState} from 'react'
import type {KindInfo} from '../../core/schema/kind.ts'
import {cellsOf, type OpenDocument} from '../state/document.ts'
import {store, useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import {KindPicker} from '../ui/kind-picker.tsx'
import css from './notebook.module.css'

export type Where = {after: string} | {before: string} | 'end'

export const Insert = memo(function Insert({where, open}: {where: Where; open?: boolean}) {
  const t = useT()
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  const [picking, setPicking] = useState(false)
  if (readOnly) return null
  return (
    <fieldset
      className={css.insert}
      data-open={open || picking}
      style={{border: 0, margin: 0, padding: 0}}
      aria-label={t('notebook.add.here')}
    >
      <Popover
        opened={picking}
        onChange={setPicking}
        withinPortal
        trapFocus
        transitionProps={{duration: 0}}
        width={360}
        position="bottom-start"
      >
        <Popover.Target>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={12} aria-hidden />}
            aria-expanded={picking}
            onClick={() => setPicking(!picking)}
          >
            {t('notebook.add.step')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p="xs">
          {picking && (
            <KindPicker
              onPick={kind => {
                setPicking(false)
                void addCell(kind, where)
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconSql size={12} aria-hidden />}
        onClick={() => void addCell(store.getState().kinds.sql!, where)}
      >
        {t('notebook.add.sql')}
      </Button>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconMarkdown size={12} aria-hidden />}
        onClick={() => void addText(where)}
      >
        {t('notebook.add.text')}
      </Button>
    </fieldset>
  )
})

/** Adds a cell of a kind at a place, fed by the nearest cell above that fits, and chooses it. */
export async function addCell(kind: KindInfo, where: Where): Promise<string | undefined> {
  const {doc, edit, select} = store.getState()
  if (!doc) return undefined
  const answer = await edit(newCell(doc, kind, where))
  if (answer?.made === undefined) return undefined
  select([answer.made])
  return answer.made
}

/** The edit that adds such a cell. */
export function newCell(doc: OpenDocument, kind: KindInfo, where: Where) {
  const feed = nearest(doc, where, kind)
  const form = kind.language === 'yaml'
  return {
    do: 'insert' as const,
    where,
    language: kind.language,
    ...(form && {kind: kind.kind}),
    name: kind.kind === 'sql' ? 'query' : kind.kind.replaceAll('-', '_'),
    ...(form && feed && {from: [feed]}),
    body: kind.kind === 'sql' ? `select * from ${quoted(feed ?? 'a_table')}\n` : '',
  }
}

export async function addText(where: Where): Promise<void> {
  const {doc, edit, select} = store.getState()
  if (!doc) return
  const before = new Set(doc.order)
  await edit({do: 'insert-text', where, text: '…'})
  const made = store.getState().doc?.order.find(id => !before.has(id))
  if (made) select([made])
}

/** The cell above a place whose result the kind takes; a text holds none. */
function nearest(doc: OpenDocument, where: Where, kind: KindInfo): string | undefined {
  const {kinds} = store.getState()
  const at =
    where === 'end'
      ? doc.order.length
      : 'after' in where
        ? doc.order.indexOf(where.after) + 1
        : doc.order.indexOf(where.before)
  const above = new Set(doc.order.slice(0, at))
  const {accepts, max} = kind.ports.in
  if (max === 0) return undefined
  const gives = (cell: string, kindName: string): string | undefined => {
    const out = kinds[kindName]?.ports.out
    if (out !== 'same') return out
    const from = doc.edges.find(edge => edge.to === cell)?.from
    const source = from === undefined ? undefined : doc.blocks[from]
    return source?.type === 'cell' ? gives(source.name, source.kind) : 'table'
  }
  return cellsOf(doc)
    .filter(({id}) => above.has(id))
    .findLast(cell => accepts.includes(gives(cell.name, cell.kind) as never))?.name
}

const quoted = (name: string) => (/^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name}"`)
