// Beside the document: the chosen cell's settings, and its result.
import {Stack, Text, Title} from '@mantine/core'
import {CellForm} from '../form/form.tsx'
import {Result} from '../notebook/result.tsx'
import {SqlEditor} from '../notebook/sql-editor.tsx'
import {stateOf} from '../state/document.ts'
import {useStore} from '../state/store.ts'
import {useKindWords, useT} from '../ui/i18n.ts'
import {StateChip} from '../ui/state-chip.tsx'
import {withCode} from '../ui/with-code.tsx'
import {Inputs} from './inputs.tsx'
import css from './inspector.module.css'

export function Inspector() {
  const t = useT()
  const selection = useStore(state => state.selection)
  const block = useStore(({doc, selection: ids}) => doc?.blocks[ids.at(-1) ?? ''])
  const view = useStore(({route}) =>
    route.at === 'project' ? (route.view ?? 'notebook') : 'notebook',
  )
  const cell = block?.type === 'cell' ? block : undefined
  return (
    <aside
      className={css.inspector}
      tabIndex={-1}
      data-inspector
      aria-label={t('notebook.inspector.label')}
    >
      {!cell && <Text c="dimmed">{t('notebook.inspector.none')}</Text>}
      {selection.length > 1 && (
        <Text c="dimmed">{t('notebook.inspector.many', {n: selection.length})}</Text>
      )}
      {cell && (
        <Stack gap="sm" key={cell.id}>
          <Head kind={cell.kind} name={cell.name} />
          {cell.language === 'yaml' && <Inputs cell={cell} />}
          {/* In the notebook the form stands in the cell itself. */}
          {cell.language === 'yaml' && view !== 'notebook' && <CellForm cell={cell} />}
          {cell.language !== 'yaml' && view === 'canvas' && <SqlEditor cell={cell} />}
          <Result cell={cell} large />
        </Stack>
      )}
    </aside>
  )
}

function Head({kind, name}: {kind: string; name: string}) {
  const words = useKindWords()
  const info = useStore(state => state.kinds[kind])
  const state = useStore(({doc}) => (doc ? stateOf(doc, name) : 'unknown'))
  const {title, doc} = info ? words(kind, info) : {title: kind, doc: ''}
  return (
    <div>
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" ff="monospace" style={{overflowWrap: 'anywhere'}}>
        {name}
      </Text>
      <StateChip state={info?.later ? 'later' : state} />
      {doc && (
        <Text size="xs" c="dimmed" mt={4}>
          {withCode(doc)}
        </Text>
      )}
    </div>
  )
}
