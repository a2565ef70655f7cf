// The report of a document: written into the project when this opens, to be read, taken away, and printed.
import {Box, Button, Group, Stack, Text} from '@mantine/core'
import {IconArrowLeft, IconDownload, IconPrinter} from '@tabler/icons-react'
import {useEffect, useRef, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import {useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useLanguage, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import css from './report-screen.module.css'

/** The route's `item` that shows the report instead of the document. */
export const reportItem = 'report'

type Written = {path: string; html: string}

export function ReportScreen({document: of}: {document: string}) {
  const t = useT()
  const {written, fault} = useWritten(of)
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  return (
    <div className={css.screen}>
      <Group className={css.bar} justify="space-between" gap="sm">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => route.at === 'project' && go({...route, item: undefined})}
        >
          {t('report.back')}
        </Button>
        {written && (
          <Text size="sm" c="dimmed" role="status">
            {t('report.written', {path: written.path})}
          </Text>
        )}
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            disabled={!written}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => written && download(written)}
          >
            {t('report.download')}
          </Button>
          <Button
            size="compact-sm"
            disabled={!written}
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('report.print')}
          </Button>
        </Group>
      </Group>
      {fault && <FaultAlert fault={fault} />}
      {!written && !fault && (
        <Stack mt="xl" gap={0} align="center">
          <Loading />
          <Text c="dimmed">{t('report.making')}</Text>
        </Stack>
      )}
      {written && <Sheet html={written.html} />}
    </div>
  )
}

/** Writes the report once for a document and language. */
function useWritten(document: string): {written?: Written; fault?: Fault} {
  const language = useLanguage()
  const call = useStore(state => state.call)
  const [state, setState] = useState<{written?: Written; fault?: Fault}>({})
  useEffect(() => {
    const stop = new AbortController()
    setState({})
    call('report.write', {document, language}, {signal: stop.signal}).then(
      written => setState({written}),
      error => !stop.signal.aborted && setState({fault: toFault(error)}),
    )
    return () => stop.abort()
  }, [call, document, language])
  return state
}

function Sheet({html}: {html: string}) {
  const t = useT()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let gone = false
    void import('./report-html.ts').then(({showReport}) => {
      if (!gone && place.current) showReport(place.current, html)
    })
    return () => {
      gone = true
    }
  }, [html])
  return (
    <Box
      component="section"
      className={`${css.sheet} report-sheet`}
      aria-label={t('report.title')}
      tabIndex={0}
    >
      <div ref={place} />
    </Box>
  )
}

function download({path, html}: Written): void {
  const url = URL.createObjectURL(new Blob([html], {type: 'text/html'}))
  const link = document.createElement('a')
  link.href = url
  link.download = path.split('/').at(-1)!
  link.click()
  // The browser takes the file after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
