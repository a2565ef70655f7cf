// A cell of the notebook: its head, its query or form, and what came of it.
import {
  ActionIcon,
  Menu,
  Modal,
  Stack,
  Text,
  TextInput,
  Tooltip,
  UnstyledButton,
} from '@mantine/core'
import {useDisclosure} from '@mantine/hooks'
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconCursorText,
  IconDots,
  IconPlayerPlay,
  IconTrash,
  IconWand,
} from '@tabler/icons-react'
import {memo} from 'react'
import type {CellBlock} from '../../core/schema/live.ts'
import {CellForm} from '../form/form.tsx'
import {stateOf} from '../state/document.ts'
import {store, useStore} from '../state/store.ts'
import {useFormat, useKindWords, useT} from '../ui/i18n.ts'
import {StateChip} from '../ui/state-chip.tsx'
import {duplicate, move, remove} from './cell-edits.ts'
import css from './notebook.module.css'
import {Result} from './result.tsx'
import {selectHere} from './select-here.ts'
import {SqlEditor} from './sql-editor.tsx'
import {formatSql} from './sql-format.ts'

export const CellView = memo(function CellView({
  cell,
  selected,
}: {
  cell: CellBlock
  selected: boolean
}) {
  const state = useStore(({doc}) => (doc ? stateOf(doc, cell.name) : 'unknown'))
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the focus chooses as well
    <article
      className={css.cell}
      data-selected={selected}
      data-state={state}
      tabIndex={-1}
      aria-label={cell.name}
      onFocusCapture={event => {
        // By the keyboard; a pointer chooses when it is let go, since a form that opens moves what is below it.
        if (!selected && event.target.matches(':focus-visible')) selectHere([cell.id])
      }}
      onClick={({shiftKey}) => {
        const {selection} = store.getState()
        if (shiftKey) selectHere([...selection.filter(id => id !== cell.id), cell.id])
        else if (selection.length !== 1 || !selected) selectHere([cell.id])
      }}
    >
      <Head cell={cell} />
      <div className={css.body}>
        {cell.language === 'yaml' ? (
          <Step cell={cell} selected={selected} />
        ) : (
          <SqlEditor cell={cell} />
        )}
      </div>
      <Result cell={cell} className={css.result} />
    </article>
  )
})

/** The form while the cell is chosen (in the split view it stands in the inspector); else what the document says, which is quicker to read and to draw. */
function Step({cell, selected}: {cell: CellBlock; selected: boolean}) {
  const alone = useStore(
    ({route}) => route.at === 'project' && (route.view ?? 'notebook') === 'notebook',
  )
  if (selected && alone) return <CellForm cell={cell} />
  return (
    <UnstyledButton className={css.params} onClick={() => selectHere([cell.id])}>
      {cell.body.trim() === '' ? (
        <Text size="xs" c="dimmed" span>
          {cell.kind}
        </Text>
      ) : (
        cell.body.trimEnd()
      )}
    </UnstyledButton>
  )
}

function Head({cell}: {cell: CellBlock}) {
  const t = useT()
  const words = useKindWords()
  const {duration} = useFormat()
  const info = useStore(state => state.kinds[cell.kind])
  const state = useStore(({doc}) => (doc ? stateOf(doc, cell.name) : 'unknown'))
  const ms = useStore(({doc}) => {
    const status = doc?.status[cell.name]
    return status?.state === 'fresh' ? status.result.ms : undefined
  })
  const blocker = useStore(({doc}) => {
    const status = doc?.status[cell.name]
    return status?.state === 'blocked' ? status.by : undefined
  })
  const run = useStore(store => store.run)
  const readOnly = useStore(({doc}) => doc?.readOnly ?? false)
  return (
    <div className={css.head}>
      <Tooltip label={t('notebook.actions.runOne')}>
        <ActionIcon
          aria-label={t('notebook.actions.run', {cell: cell.name})}
          disabled={info?.later}
          onClick={() => void run([cell.name])}
        >
          <IconPlayerPlay size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <span className={css.name} title={cell.name}>
        {cell.name}
      </span>
      <Text size="xs" c="dimmed" truncate>
        {info ? words(cell.kind, info).title : cell.kind}
        {cell.from.length > 0 && ` ← ${cell.from.join(', ')}`}
      </Text>
      <span className={css.grow} />
      {ms !== undefined && (
        <Text size="xs" c="dimmed">
          {duration(ms)}
        </Text>
      )}
      <StateChip
        state={info?.later ? 'later' : state}
        detail={blocker && `: ${t('notebook.blockedBy', {cell: blocker})}`}
      />
      {!readOnly && <CellMenu cell={cell} />}
    </div>
  )
}

function CellMenu({cell}: {cell: CellBlock}) {
  const t = useT()
  const type = useStore(state => state.type)
  const fail = useStore(state => state.fail)
  const [renaming, {open, close}] = useDisclosure(false)
  return (
    <>
      <Menu withinPortal position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('notebook.actions.label', {cell: cell.name})}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {cell.language === 'sql' && (
            <Menu.Item
              leftSection={<IconWand size={14} aria-hidden />}
              onClick={() => formatSql(cell.body).then(body => type(cell.id, body), fail)}
            >
              {t('notebook.actions.format')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCursorText size={14} aria-hidden />} onClick={open}>
            {t('notebook.actions.rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowUp size={14} aria-hidden />}
            onClick={() => void move(cell.id, 'up')}
          >
            {t('notebook.actions.moveUp')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={14} aria-hidden />}
            onClick={() => void move(cell.id, 'down')}
          >
            {t('notebook.actions.moveDown')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={14} aria-hidden />}
            onClick={() => void duplicate(cell.id)}
          >
            {t('notebook.actions.duplicate')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => void remove([cell.id])}
          >
            {t('notebook.actions.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Rename cell={cell} opened={renaming} onClose={close} />
    </>
  )
}

export function Rename({
  cell,
  opened,
  onClose,
}: {
  cell: CellBlock
  opened: boolean
  onClose: () => void
}) {
  const t = useT()
  const edit = useStore(state => state.edit)
  const select = useStore(state => state.select)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('notebook.rename.title', {cell: cell.name})}
      closeButtonProps={{'aria-label': t('common.close')}}
    >
      <form
        onSubmit={async event => {
          event.preventDefault()
          const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
          if (!name || name === cell.name) return onClose()
          if (!(await edit({do: 'rename', cell: cell.id, name}))) return
          onClose()
          select([name])
        }}
      >
        <Stack>
          <TextInput
            name="name"
            aria-label={t('common.rename')}
            description={t('notebook.rename.hint')}
            defaultValue={cell.name}
            data-autofocus
          />
        </Stack>
      </form>
    </Modal>
  )
}
