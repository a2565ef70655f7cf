// Dropping a data file on the home screen begins a project with it: folder, file, document, source cell.
import {Group, Loader, Text} from '@mantine/core'
import {type DragEvent, type ReactNode, useState} from 'react'
import {toFault} from '../../core/error.ts'
import {firstDocument, titleOfFile} from '../../core/schema/first-document.ts'
import {droppedFiles} from '../state/dropped.ts'
import {store, useStore} from '../state/store.ts'
import {bringIn, type Given} from '../state/upload.ts'
import {useT} from '../ui/i18n.ts'
import css from './home.module.css'

export function DropZone({children}: {children: ReactNode}) {
  const t = useT()
  const fail = useStore(state => state.fail)
  const [over, setOver] = useState(false)
  const [coming, setComing] = useState<string>()
  async function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const first = event.dataTransfer.files[0]
    const dropped = droppedFiles(event.dataTransfer)
    if (!first) return
    try {
      setComing(first.name)
      if (!(await openedProject(first))) await beginWith(first.name, await dropped)
    } catch (error) {
      fail(error)
    } finally {
      setComing(undefined)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can also be chosen on the Data screen
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

/** A project named after what was dropped first, with a document that reads all of it. */
async function beginWith(first: string, files: readonly Given[]): Promise<void> {
  const {call, open, go} = store.getState()
  const name = titleOfFile(first)
  const {folder} = await call('home.create', {name})
  await open(folder)
  const text = firstDocument(name, await bringIn(files))
  const {document} = await store.getState().call('document.create', {name, text})
  go({at: 'project', folder, screen: 'documents', document})
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
