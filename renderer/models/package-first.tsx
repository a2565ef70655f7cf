// A version that was not packaged: packaged here and now where its document still makes it, or what to do instead.
import {Alert, Button, Group, Stack, Text} from '@mantine/core'
import {IconPackage} from '@tabler/icons-react'
import {useCallback, useEffect, useRef, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import type {ModelVersion} from '../../core/schema/registry.ts'
import type {CellEvent, CellStatus} from '../../core/schema/result.ts'
import {goDocument} from '../runs/go.ts'
import {useCall} from '../runs/use-call.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useSaid, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'

/** What `bundle.start` and `models.download` say of such a version; a file that is gone names its place. */
export const isUnpackaged = ({code, where}: Fault) => code === 'missing-file' && where === undefined

/** `onPackaged`: there is a bundle of the version now. */
export function PackageFirst({
  version,
  onPackaged,
}: {
  version: ModelVersion
  onPackaged: () => void
}) {
  const t = useT()
  const {document} = version
  const {value, fault} = useCall(
    useCallback(
      (signal: AbortSignal) => store.getState().call('notebook.status', {document}, {signal}),
      [document],
    ),
  )
  if (fault) return <FaultAlert fault={fault} />
  if (!value) return <Loading />
  const packages = packagesOf(value.cells)
  if (makes(value.cells, version) && packages.length > 0)
    return <Packaging version={version} cells={packages} onPackaged={onPackaged} />
  return (
    <Alert variant="outline" p="xs" role="alert">
      <Text size="sm">
        {t(
          makes(value.cells, version)
            ? 'models.packageFirst.noCell'
            : 'models.packageFirst.changed',
        )}
      </Text>
      <Button mt="xs" variant="default" onClick={() => goDocument(document)}>
        {t('models.packageFirst.go')}
      </Button>
    </Alert>
  )
}

/** Whether the document, as it is, has made this version: then what follows from it can run without another training. */
const makes = (cells: readonly CellStatus[], {model, version}: ModelVersion) =>
  cells.some(
    cell =>
      cell.state === 'fresh' &&
      cell.result.value.type === 'version' &&
      cell.result.value.name === model &&
      cell.result.value.version === version,
  )

const packagesOf = (cells: readonly CellStatus[]) =>
  cells.filter(({kind, state}) => kind === 'package' && state === 'stale').map(({cell}) => cell)

function Packaging({
  version: {document, model, version},
  cells,
  onPackaged,
}: {
  version: ModelVersion
  cells: string[]
  onPackaged: () => void
}) {
  const t = useT()
  const said = useSaid()
  const [event, setEvent] = useState<CellEvent>()
  const [fault, setFault] = useState<Fault>()
  const [other, setOther] = useState<{name: string; version: number}>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const start = async () => {
    const own = new AbortController()
    running.current = own
    setFault(undefined)
    setOther(undefined)
    setEvent({cell: cells[0]!, kind: 'package', state: 'queued'})
    try {
      const {cells: settled} = await store
        .getState()
        .call('notebook.run', {document, cells}, {signal: own.signal, tell: setEvent})
      const failed = settled.find(cell => cell.state === 'failed')
      if (failed) return setFault(failed.fault)
      const made = settled.flatMap(cell =>
        cell.state === 'done' && cell.result.value.type === 'bundle' ? [cell.result.value] : [],
      )
      if (made.some(bundle => bundle.name === model && bundle.version === version)) onPackaged()
      else setOther(made[0])
    } catch (error) {
      if (!own.signal.aborted) setFault(toFault(error))
    } finally {
      if (!own.signal.aborted) setEvent(undefined)
    }
  }
  const stop = () => {
    running.current?.abort()
    setEvent(undefined)
  }
  const progress = event?.state === 'running' ? said.progress(event.progress) : undefined
  return (
    <Alert variant="outline" p="xs" role="alert" icon={<IconPackage size={18} aria-hidden />}>
      <Stack gap="xs">
        <Text size="sm">
          {other ? t('models.packageFirst.other', other) : t('models.packageFirst.offer')}
        </Text>
        <Group gap="xs">
          <Button onClick={() => void start()} loading={event !== undefined}>
            {t('models.packageFirst.start')}
          </Button>
          {event && (
            <>
              <Button variant="subtle" onClick={stop}>
                {t('common.stop')}
              </Button>
              <Text size="sm" role="status">
                {progress ?? t('models.packageFirst.running')}
              </Text>
            </>
          )}
        </Group>
        {fault && <FaultAlert fault={fault} />}
      </Stack>
    </Alert>
  )
}
