// What the keyboard does in a document while no text is edited.
import {useMemo} from 'react'
import {useScreenCommands} from '../state/screen-commands.ts'
import {store, useStore} from '../state/store.ts'
import type {Command} from '../ui/commands.ts'
import {useT} from '../ui/i18n.ts'
import {duplicate, move, remove} from './cell-edits.ts'
import {useEditing} from './editing.ts'
import {addCell, addText, type Where} from './insert.tsx'

export function useNotebookCommands(): void {
  const t = useT()
  const remember = useStore(state => state.remember)
  const commands = useMemo((): Command[] => {
    const chosen = () => store.getState().selection.at(-1)
    const here = (): Where => {
      const id = chosen()
      return id === undefined ? 'end' : {after: id}
    }
    const step = (by: number) => {
      const {doc, select} = store.getState()
      if (!doc || doc.order.length === 0) return
      const at = doc.order.indexOf(chosen() ?? '')
      const next = doc.order[Math.min(Math.max(at + by, 0), doc.order.length - 1)]
      if (next !== undefined) select([next])
    }
    const withChosen = (work: (id: string) => void) => () => {
      const id = chosen()
      if (id !== undefined) work(id)
    }
    return [
      {
        id: 'add-sql',
        title: t('notebook.commands.addSql'),
        keys: 's',
        run: () => void addCell(store.getState().kinds.sql!, here()),
      },
      {
        id: 'add-text',
        title: t('notebook.commands.addText'),
        keys: 't',
        run: () => void addText(here()),
      },
      {
        id: 'run-cell',
        title: t('notebook.commands.runCell'),
        keys: 'mod+enter shift+enter',
        run: withChosen(id => void store.getState().run([id])),
      },
      {id: 'next-cell', title: t('notebook.commands.next'), keys: 'j', run: () => step(1)},
      {id: 'previous-cell', title: t('notebook.commands.previous'), keys: 'k', run: () => step(-1)},
      {
        id: 'edit-cell',
        title: t('notebook.commands.edit'),
        keys: 'e',
        run: withChosen(id => useEditing.getState().ask(id)),
      },
      {
        id: 'move-up',
        title: t('notebook.commands.moveUp'),
        keys: 'alt+shift+arrowup',
        run: withChosen(id => void move(id, 'up')),
      },
      {
        id: 'move-down',
        title: t('notebook.commands.moveDown'),
        keys: 'alt+shift+arrowdown',
        run: withChosen(id => void move(id, 'down')),
      },
      {
        id: 'duplicate',
        title: t('notebook.commands.duplicate'),
        keys: 'mod+d',
        run: withChosen(id => void duplicate(id)),
      },
      {
        id: 'delete',
        title: t('notebook.commands.delete'),
        keys: 'delete',
        run: () => void remove(store.getState().selection),
      },
      {
        id: 'inspector',
        title: t('notebook.commands.inspector'),
        keys: 'mod+i',
        always: true,
        run: () => remember('inspector', store.getState().settings.window.inspector === false),
      },
    ]
  }, [t, remember])
  useScreenCommands(commands)
}
