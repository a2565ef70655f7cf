// A version as a file to take away: what of it, how far it is, and the checksum to compare.
import {Button, Code, CopyButton, Group, Modal, Progress, Radio, Stack, Text} from '@mantine/core'
import {useEffect, useRef, useState} from 'react'
import {type Fault, toFault} from '../../core/error.ts'
import {type Download, type Downloadable, downloadables} from '../../core/schema/download.ts'
import type {ModelVersion} from '../../core/schema/registry.ts'
import type {Progress as Told} from '../../core/schema/result.ts'
import {store} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useLanguage, useSaid, useT} from '../ui/i18n.ts'
import {isUnpackaged, PackageFirst} from './package-first.tsx'

export function DownloadDialog({version, onClose}: {version: ModelVersion; onClose: () => void}) {
  const t = useT()
  const said = useSaid()
  const {model: name, version: number} = version
  const [what, setWhat] = useState<Downloadable>('bundle')
  const {state, start, stop, forget} = useDownload(version, what)
  const choose = (value: string) => {
    forget()
    setWhat(value as Downloadable)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('models.download.title', {name, version: number})}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <Stack>
        <Radio.Group label={t('models.download.what')} value={what} onChange={choose}>
          <Stack gap="xs" mt="xs">
            {downloadables.map((one, i) => (
              <Radio
                key={one}
                value={one}
                label={t(`models.download.${one}`)}
                description={t(`models.download.${one}Help`)}
                disabled={state.at === 'making'}
                {...(i === 0 && {'data-autofocus': true})}
              />
            ))}
          </Stack>
        </Radio.Group>
        {state.at === 'making' && (
          <>
            <Progress
              value={(state.told.done ?? 0) * 100}
              aria-label={t('models.download.preparing')}
              animated
            />
            <Text size="sm" role="status">
              {said.progress(state.told) ?? t('models.download.preparing')}
            </Text>
          </>
        )}
        {state.at === 'failed' &&
          (what === 'bundle' && isUnpackaged(state.fault) ? (
            <PackageFirst version={version} onPackaged={start} />
          ) : (
            <FaultAlert fault={state.fault} />
          ))}
        {state.at === 'ready' && <Ready download={state.download} />}
        <Group justify="flex-end">
          {state.at === 'making' ? (
            <Button variant="default" onClick={stop}>
              {t('common.stop')}
            </Button>
          ) : (
            <Button variant="default" onClick={onClose}>
              {t('common.close')}
            </Button>
          )}
          {state.at !== 'ready' && (
            <Button loading={state.at === 'making'} onClick={start}>
              {t('models.download.start')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

type State =
  | {at: 'choosing'}
  | {at: 'making'; told: Told}
  | {at: 'failed'; fault: Fault}
  | {at: 'ready'; download: Download}

/** Has the file made, and gives it to the browser, or to the desktop shell, as soon as it is there. */
function useDownload({model: name, version}: ModelVersion, what: Downloadable) {
  const language = useLanguage()
  const [state, setState] = useState<State>({at: 'choosing'})
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const start = async () => {
    const own = new AbortController()
    running.current = own
    setState({at: 'making', told: {}})
    try {
      const download = await store
        .getState()
        .call(
          'models.download',
          {name, version, what, language},
          {signal: own.signal, tell: told => !own.signal.aborted && setState({at: 'making', told})},
        )
      if (own.signal.aborted) return
      setState({at: 'ready', download})
      take(download)
    } catch (error) {
      if (!own.signal.aborted) setState({at: 'failed', fault: toFault(error)})
    }
  }
  const forget = () => {
    running.current?.abort()
    setState({at: 'choosing'})
  }
  return {state, start: () => void start(), stop: forget, forget}
}

function Ready({download}: {download: Download}) {
  const t = useT()
  const {bytes: size} = useFormat()
  const {name, bytes, sha256} = download
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Text size="sm" role="status">
          {t('models.download.ready', {name, size: size(bytes)})}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={() => take(download)}>
          {t('models.download.again')}
        </Button>
      </Group>
      <Text size="sm">{t('models.download.checksum', {name})}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code style={{overflowWrap: 'anywhere'}}>{sha256}</Code>
        <CopyButton value={sha256}>
          {({copied, copy}) => (
            <Button variant="default" size="compact-xs" onClick={copy}>
              {t(copied ? 'common.copied' : 'common.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  )
}

/** The host serves it where the window itself is served: see core/server/download.ts. */
function take({id, name}: Download) {
  const {route} = store.getState()
  if (route.at !== 'project') return
  const link = document.createElement('a')
  link.href = `/download?${new URLSearchParams({project: route.folder, id})}`
  link.download = name
  link.click()
}
