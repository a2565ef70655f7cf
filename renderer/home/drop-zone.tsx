// Dropping a data file on the home screen begins a project with it: folder, file, document, source cell.
import {Group, Loader, Text} from '@mantine/core'
import {type DragEvent, type ReactNode, useState} from 'react'
import {toFault} from '../../core/error.ts'
import {firstDocument, titleOfFile} from '../../core/schema/first-document.ts'
import {store, useStore} from '../state/store.ts'
import {bringIn} from '../state/upload.ts'
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
    const files = [...event.dataTransfer.files]
    if (files.length === 0) return
    try {
      setComing(files[0]!.name)
      if (!(await openedProject(files))) await beginWith(files)
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

/** A project named after the first file, with a document that reads each of them. */
async function beginWith(files: readonly File[]): Promise<void> {
  const {call, open, go} = store.getState()
  const name = titleOfFile(files[0]!.name)
  const {folder} = await call('home.create', {name})
  await open(folder)
  const text = firstDocument(name, await bringIn(files))
  const {document} = await store.getState().call('document.create', {name, text})
  go({at: 'project', folder, screen: 'documents', document})
}

/** Opens the project that a dropped folder or file lies in; tells whether there is one. Only the desktop shell knows paths. */
async function openedProject([first]: readonly File[]): Promise<boolean> {
  const path = first && window.bancada?.pathOf(first)
  if (!path) return false
  const {call, go} = store.getState()
  const found = await call('home.open', {folder: path}).catch(error => {
    if (toFault(error).code !== 'missing-file') throw error
    return undefined
  })
  if (found) go({at: 'project', folder: found.folder, screen: 'documents'})
  return found !== undefined
}
