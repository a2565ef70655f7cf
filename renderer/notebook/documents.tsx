// The Documents screen: one document, as a notebook, as a canvas, or both, with the inspector beside it.
import {
  ActionIcon,
  Alert,
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core'
import {useDisclosure} from '@mantine/hooks'
import {IconFilePlus, IconLayoutSidebarRight, IconReport} from '@tabler/icons-react'
import {lazy, Suspense, useCallback, useEffect} from 'react'
import {Panel, Group as Panels, Separator} from 'react-resizable-panels'
import {Guide} from '../guide/guide.tsx'
import {useGuideCommands} from '../guide/guide-commands.ts'
import {ReportScreen, reportItem} from '../guide/report-screen.tsx'
import {Inspector} from '../inspector/inspector.tsx'
import {type View, views} from '../state/route.ts'
import {useStore} from '../state/store.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useT} from '../ui/i18n.ts'
import {useInspectorAsked} from '../ui/inspect.ts'
import {Loading} from '../ui/loading.tsx'
import {NameDialog} from '../ui/name-dialog.tsx'
import css from './documents.module.css'
import {Notebook} from './notebook.tsx'
import {useNotebookCommands} from './notebook-commands.ts'

const Canvas = lazy(() => import('../canvas/canvas.tsx').then(m => ({default: m.Canvas})))

export function Documents() {
  const document = useChosen()
  const reading = useStore(({route}) => route.at === 'project' && route.item === reportItem)
  useGuideCommands()
  if (document === undefined) return <NoDocument />
  if (reading) return <ReportScreen key={document} document={document} />
  return (
    <div className={css.screen}>
      <Bar />
      <Notes />
      <Views />
    </div>
  )
}

/** Opens the document of the address, or the first one. */
function useChosen(): string | undefined {
  const route = useStore(state => state.route)
  const documents = useStore(state => state.project?.documents)
  const open = useStore(state => state.openDocument)
  const go = useStore(state => state.go)
  const named = route.at === 'project' ? route.document : undefined
  const document = named ?? documents?.[0]
  useEffect(() => {
    if (document === undefined || route.at !== 'project') return
    open(document)
    if (named === undefined) go({...route, document}, {replace: true})
  }, [document, named, route, open, go])
  return document
}

function Bar() {
  const t = useT()
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  const documents = useStore(state => state.project?.documents) ?? []
  const inspector = useInspector()
  const [naming, {open, close}] = useDisclosure(false)
  if (route.at !== 'project') return null
  const view = route.view ?? 'notebook'
  const chosen = route.document ?? documents[0] ?? null
  return (
    <Group className={css.bar} justify="space-between" wrap="nowrap" gap="sm">
      <Group gap="xs" wrap="nowrap">
        <Select
          aria-label={t('notebook.choose')}
          data={[...new Set([...documents, ...(chosen ? [chosen] : [])])].map(value => ({
            value,
            label: value.replace(/^notebooks\//, ''),
          }))}
          value={chosen}
          allowDeselect={false}
          searchable={documents.length > 8}
          onChange={document => document && go({...route, document})}
        />
        <Tooltip label={t('notebook.newDocument')}>
          <ActionIcon aria-label={t('notebook.newDocument')} onClick={open}>
            <IconFilePlus size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <NewDocument opened={naming} onClose={close} />
      </Group>
      <SegmentedControl
        size="xs"
        aria-label={t('notebook.views.label')}
        value={view}
        onChange={value => go({...route, view: value as View})}
        data={views.map(value => ({value, label: t(`notebook.views.${value}`)}))}
      />
      <Group gap="xs" wrap="nowrap">
        <Tooltip label={t('report.action')}>
          <ActionIcon
            aria-label={t('report.action')}
            onClick={() => go({...route, item: reportItem})}
          >
            <IconReport size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t(`notebook.inspector.${inspector.shown ? 'hide' : 'show'}`)}>
          <ActionIcon
            aria-label={t(`notebook.inspector.${inspector.shown ? 'hide' : 'show'}`)}
            aria-pressed={inspector.shown}
            onClick={inspector.toggle}
          >
            <IconLayoutSidebarRight size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  )
}

export function useInspector() {
  const shown = useStore(state => state.settings.window.inspector !== false)
  const remember = useStore(state => state.remember)
  return {shown, toggle: () => remember('inspector', !shown)}
}

/** What the whole document has to say. */
function Notes() {
  const t = useT()
  const fault = useStore(state => state.doc?.fault)
  const missing = useStore(state => state.doc?.missing ?? false)
  const readOnly = useStore(state => state.doc?.readOnly ?? false)
  return (
    <div>
      {fault && <FaultAlert fault={fault} />}
      {missing && (
        <Alert role="alert" variant="outline" color="orange" p="xs">
          {t('notebook.missing')}
        </Alert>
      )}
      {readOnly && (
        <Alert variant="outline" p="xs">
          {t('notebook.readOnly')}
        </Alert>
      )}
    </div>
  )
}

function Views() {
  const route = useStore(state => state.route)
  const loading = useStore(state => state.doc?.loading ?? true)
  const sizes = useStore(state => state.settings.window.panels) as
    | Record<string, number>
    | undefined
  const remember = useStore(state => state.remember)
  const inspector = useInspector()
  useNotebookCommands()
  useInspectorAsked(
    useCallback(() => {
      remember('inspector', true)
      // Once it is there: its first field, or the pane itself.
      setTimeout(() => {
        const pane = document.querySelector<HTMLElement>('[data-inspector]')
        const field = pane?.querySelector<HTMLElement>('input, textarea, [role=textbox]')
        ;(field ?? pane)?.focus()
      }, 60)
    }, [remember]),
  )
  if (route.at !== 'project') return null
  if (loading) return <Loading />
  const view = route.view ?? 'notebook'
  const key = `${view}${inspector.shown ? '+' : ''}`
  const size = (name: string, otherwise: number) => `${sizes?.[`${key} ${name}`] ?? otherwise}%`
  return (
    <Panels
      key={key}
      className={css.views}
      onLayoutChanged={layout =>
        remember('panels', {
          ...sizes,
          ...Object.fromEntries(Object.entries(layout).map(([name, n]) => [`${key} ${name}`, n])),
        })
      }
    >
      {view !== 'canvas' && (
        <Panel
          id="notebook"
          minSize="20%"
          defaultSize={size('notebook', view === 'split' ? 40 : 70)}
        >
          <Notebook />
        </Panel>
      )}
      {view === 'split' && <Separator className={css.separator} />}
      {view !== 'notebook' && (
        <Panel id="canvas" minSize="20%" defaultSize={size('canvas', view === 'split' ? 35 : 70)}>
          <Suspense fallback={<Loading />}>
            <Canvas />
          </Suspense>
        </Panel>
      )}
      {inspector.shown && <Separator className={css.separator} />}
      {inspector.shown && (
        <Panel id="inspector" minSize="15%" defaultSize={size('inspector', 30)}>
          <div className={css.side}>
            <Guide />
            <Inspector />
          </div>
        </Panel>
      )}
    </Panels>
  )
}

function NoDocument() {
  const t = useT()
  const [naming, {open, close}] = useDisclosure(false)
  return (
    <Stack p="xl" maw={520}>
      <Text size="lg">{t('notebook.none')}</Text>
      <Text c="dimmed">{t('notebook.noneHint')}</Text>
      <Button w="fit-content" onClick={open}>
        {t('notebook.newDocument')}
      </Button>
      <NewDocument opened={naming} onClose={close} />
    </Stack>
  )
}

function NewDocument({opened, onClose}: {opened: boolean; onClose: () => void}) {
  const t = useT()
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  const call = useStore(state => state.call)
  const readProject = useStore(state => state.readProject)
  async function make(name: string) {
    const {document} = await call('document.create', {name})
    await readProject()
    if (route.at === 'project') go({...route, screen: 'documents', document})
  }
  return (
    <NameDialog
      title={t('notebook.newDocument')}
      label={t('notebook.newName')}
      opened={opened}
      onClose={onClose}
      make={make}
    />
  )
}
