// Dropping a data file on the home screen begins a project with it.
import {Group, Loader, Text} from '@mantine/core'
import {type DragEvent, type ReactNode, useState} from 'react'
import {toFault} from '../../core/error.ts'
import {droppedFiles} from '../state/dropped.ts'
import {store, useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import {useBeginning} from './beginning.ts'
import css from './home.module.css'

export function DropZone({children}: {children: ReactNode}) {
  const t = useT()
  const fail = useStore(state => state.fail)
  const [over, setOver] = useState(false)
  const {coming, withFiles} = useBeginning()
  async function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const first = event.dataTransfer.files[0]
    const dropped = droppedFiles(event.dataTransfer)
    if (!first) return
    try {
      if (!(await openedProject(first))) await withFiles(await dropped, first.name)
    } catch (error) {
      fail(error)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can also be chosen by a button
    <div
      className={css.zone}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => void drop(event)}
    >
      {children}
      {(over || coming !== undefined) && (
        <div className={css.over} role="status">
          <Group>
            {coming !== undefined && <Loader size="sm" />}
            <Text>{coming === undefined ? t('home.drop') : t('home.dropped', {file: coming})}</Text>
          </Group>
        </div>
      )}
    </div>
  )
}

/** Opens the project that a dropped folder or file lies in; tells whether there is one. Only the desktop shell knows paths. */
async function openedProject(first: File): Promise<boolean> {
  const path = window.bancada?.pathOf(first)
  if (!path) return false
  const {call, go} = store.getState()
  const found = await call('home.open', {folder: path}).catch(error => {
    if (toFault(error).code !== 'missing-file') throw error
    return undefined
  })
  if (found) go({at: 'project', folder: found.folder, screen: 'documents'})
  return found !== undefined
}
