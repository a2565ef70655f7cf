// The first rows of a table, small and quick, under a cell of a notebook.
import {Button, Group, Skeleton, Text} from '@mantine/core'
import {IconTable} from '@tabler/icons-react'
import {useEffect, useMemo, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import {useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useLanguage, useT} from '../ui/i18n.ts'
import {Picture} from '../ui/picture.tsx'
import {cellTexts, oneLine} from './cell-text.ts'
import {type TableInfo, useTableInfo} from './info.ts'
import {tableItem} from './item.ts'
import css from './preview.module.css'

/** `table` as `table.page` names it; `rows` and `columns` are the most that are shown: the grid has the others. */
export type TablePreviewProps = {
  document: string
  table: string
  rows?: number
  columns?: number
}

export function TablePreview({document, table, rows = 10, columns = 20}: TablePreviewProps) {
  const t = useT()
  const language = useLanguage()
  const go = useStore(state => state.go)
  const route = useStore(state => state.route)
  const info = useTableInfo(document, table)
  const {head, fault} = useHead(document, table, info, rows)
  const ready = info.state === 'ready' ? info : undefined
  const shown = ready?.columns.slice(0, columns)
  const others = (ready?.columns.length ?? 0) - columns
  const text = useMemo(
    () => cellTexts(language, {missing: t('table.value.missing'), empty: t('table.value.empty')}),
    [language, t],
  )
  const open = () => {
    if (route.at === 'project') go({...route, screen: 'data', item: tableItem(document, table)})
  }
  if (fault) return <FaultAlert fault={fault} />
  return (
    <div className={css.preview}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too */}
      <section className={css.frame} tabIndex={0} aria-label={t('table.preview.label', {table})}>
        <table className={css.table}>
          <thead>
            <tr>
              {shown?.map(({name, type, kind}) => (
                <th key={name} scope="col" data-kind={kind} title={`${name} · ${type}`}>
                  {name}
                </th>
              ))}
              {others > 0 && <th scope="col">{t('table.preview.more', {n: others})}</th>}
            </tr>
          </thead>
          <tbody>
            {Array.from({length: Math.min(rows, ready?.rows ?? rows)}, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={i}>
                {(shown ?? [undefined]).map((column, c) => {
                  const value = column && head?.[i]?.[column.name]
                  const cell = column && value !== undefined ? text(value, column) : undefined
                  return (
                    <td key={column?.name ?? c} data-kind={column?.kind} data-tone={cell?.tone}>
                      {cell?.pixels && column ? (
                        <Picture pixels={cell.pixels} type={column.type} size={22} />
                      ) : cell ? (
                        oneLine(cell.text)
                      ) : (
                        <Skeleton h={10} w="60%" my={6} animate={false} />
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Group gap="sm">
        <Text size="xs" c="dimmed">
          {ready &&
            t('common.tableSize', {
              rows: t('common.rows', {n: ready.rows}),
              columns: t('common.columns', {n: ready.columns.length}),
            })}
        </Text>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconTable size={14} aria-hidden />}
          aria-label={`${t('table.preview.open')} ${table}`}
          onClick={open}
        >
          {t('table.preview.open')}
        </Button>
      </Group>
    </div>
  )
}

type Head = Record<string, unknown>[]

/** The first rows of the present result. */
function useHead(
  document: string,
  table: string,
  info: TableInfo,
  limit: number,
): {head?: Head; fault?: Fault} {
  const call = useStore(state => state.call)
  const line = useStore(state => state.line)
  const hash = info.state === 'ready' ? info.hash : undefined
  const [found, setFound] = useState<{hash?: string; head?: Head; fault?: Fault}>({})
  // biome-ignore lint/correctness/useExhaustiveDependencies: another result has other rows, and a lost line is tried once more
  useEffect(() => {
    if (hash === undefined) return
    const stop = new AbortController()
    Promise.all([
      import('../../core/wire/page.ts'),
      call('table.page', {document, table, limit}, {signal: stop.signal}),
    ]).then(
      ([{rowsOfPage}, page]) => {
        const head = rowsOfPage(page.arrow)
        if (!stop.signal.aborted) setFound({hash, head})
      },
      error => {
        if (!stop.signal.aborted) setFound({hash, fault: toFault(error)})
      },
    )
    return () => stop.abort()
  }, [call, document, table, hash, limit, line])
  if (info.state === 'failed') return {fault: info.fault}
  if (hash === undefined || found.hash !== hash) return {}
  return found
}
