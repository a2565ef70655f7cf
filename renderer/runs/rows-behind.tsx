// The rows that a cell of a confusion matrix counts.
import {Box, Button, Group, Modal, Text} from '@mantine/core'
import {useEffect, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import type {RowsOf} from '../../core/schema/report.ts'
import type {Column} from '../../core/schema/table.ts'
import {rowsOfPage} from '../../core/wire/page.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import {Picture} from '../ui/picture.tsx'
import type {Source} from './exhibits.tsx'
import {PlainRows, usePlainText} from './plain-rows.tsx'
import css from './runs.module.css'

const limit = 50

type Page = {columns: Column[]; rows: Record<string, unknown>[]; of?: RowsOf | undefined}

export function RowsBehind({
  source,
  truth,
  predicted,
  onClose,
}: {
  source: Source
  truth: string
  predicted: string
  onClose: () => void
}) {
  const t = useT()
  const {document, cell} = source
  const [offset, setOffset] = useState(0)
  const [page, setPage] = useState<Page>()
  const [fault, setFault] = useState<Fault>()

  useEffect(() => {
    const gone = new AbortController()
    setPage(undefined)
    setFault(undefined)
    store
      .getState()
      .call('report.rows', {document, cell, truth, predicted, offset, limit}, {signal: gone.signal})
      .then(
        ({columns, arrow, of}) => {
          if (!gone.signal.aborted) setPage({columns, rows: rowsOfPage(arrow), of})
        },
        error => !gone.signal.aborted && setFault(toFault(error)),
      )
    return () => gone.abort()
  }, [document, cell, truth, predicted, offset])

  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('runs.rowsBehind.title', {truth, predicted})}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      {fault && <FaultAlert fault={fault} />}
      {!fault && !page && <Loading />}
      {page && <Whence of={page.of} />}
      {page && (
        <Box
          className={css.scroll}
          tabIndex={0}
          role="region"
          aria-label={t('runs.rowsBehind.rows')}
        >
          {page.columns.some(({kind}) => kind === 'image') ? (
            <Gallery page={page} truth={truth} />
          ) : (
            <PlainRows {...page} />
          )}
        </Box>
      )}
      {page && (
        <Group justify="space-between" mt="xs">
          <Text size="xs" c="dimmed">
            {page.rows.length > 0
              ? t('runs.rowsBehind.range', {from: offset + 1, to: offset + page.rows.length})
              : t('runs.rowsBehind.end')}
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              disabled={offset === 0}
              onClick={() => setOffset(Math.max(0, offset - limit))}
            >
              {t('runs.previous')}
            </Button>
            <Button
              variant="default"
              disabled={page.rows.length < limit}
              onClick={() => setOffset(offset + limit)}
            >
              {t('runs.next')}
            </Button>
          </Group>
        </Group>
      )}
    </Modal>
  )
}

/** Which table these rows are of, and so what was not done to them yet. */
function Whence({of}: {of: RowsOf | undefined}) {
  const t = useT()
  if (!of) return <Note>{t('runs.rowsBehind.prepared')}</Note>
  const {table, steps, reordered} = of
  return (
    <Note>
      {steps > 0
        ? t('runs.rowsBehind.before', {table, n: steps})
        : t('runs.rowsBehind.as', {table})}
      {reordered && ` ${t('runs.rowsBehind.reordered', {cell: table.split('.')[0]!})}`}
    </Note>
  )
}

const Note = ({children}: {children: React.ReactNode}) => (
  <Text size="xs" c="dimmed" mb="xs">
    {children}
  </Text>
)

/** The images themselves, each with what else is known of it. */
function Gallery({page: {columns, rows}, truth}: {page: Page; truth: string}) {
  const {percent} = useFormat()
  const plain = usePlainText()
  const image = columns.find(({kind}) => kind === 'image')!
  // The last two are what it was taken for, which the title says, and how sure the model was.
  const sure = columns.at(-1)!.name
  const others = columns.slice(0, -2).filter(({kind}) => kind !== 'image')
  return (
    <ul className={css.gallery}>
      {rows.map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a page's rows are known by their place
        <li key={i}>
          <figure>
            {row[image.name] instanceof Uint8Array && (
              <Picture pixels={row[image.name] as Uint8Array} type={image.type} size={96} />
            )}
            <figcaption>
              <b>{percent(Number(row[sure]))}</b>
              {others
                .map(({name}) => row[name])
                .filter(value => value !== null && String(value) !== truth)
                .map(plain)
                .map(text => (
                  <span key={text} title={text}>
                    {text}
                  </span>
                ))}
            </figcaption>
          </figure>
        </li>
      ))}
    </ul>
  )
}
