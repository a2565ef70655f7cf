// The rows that a cell of a confusion matrix counts.
import {Box, Button, Group, Modal, Table, Text} from '@mantine/core'
import {useEffect, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import {rowsOfPage} from '../../core/wire/page.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import type {Source} from './exhibits.tsx'
import css from './runs.module.css'

const limit = 50

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
  const {figure} = useFormat()
  const {document, cell} = source
  const [offset, setOffset] = useState(0)
  const [page, setPage] = useState<{columns: string[]; rows: Record<string, unknown>[]}>()
  const [fault, setFault] = useState<Fault>()

  useEffect(() => {
    const gone = new AbortController()
    setPage(undefined)
    setFault(undefined)
    store
      .getState()
      .call('report.rows', {document, cell, truth, predicted, offset, limit}, {signal: gone.signal})
      .then(
        ({columns, arrow}) => {
          if (!gone.signal.aborted)
            setPage({columns: columns.map(({name}) => name), rows: rowsOfPage(arrow)})
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
      {page && (
        <Box
          className={css.scroll}
          tabIndex={0}
          role="region"
          aria-label={t('runs.rowsBehind.rows')}
        >
          <Table className={css.figures} verticalSpacing={3}>
            <Table.Thead>
              <Table.Tr>
                {page.columns.map(column => (
                  <Table.Th key={column} scope="col">
                    {column}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {page.rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a page's rows are known by their place
                <Table.Tr key={i}>
                  {page.columns.map(column => (
                    <Table.Td key={column}>
                      {typeof row[column] === 'number' ? figure(row[column]) : shown(row[column])}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
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

function shown(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
