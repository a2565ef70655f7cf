// Dropping a data file on the home screen begins a project with it: folder, file, document, source cell.
import {Group, Loader, Text} from '@mantine/core'
import {type DragEvent, type ReactNode, useState} from 'react'
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
      await beginWith(files)
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
  const name = files[0]!.name.replace(/\.\w+(\.(gz|zst))?$/, '') || files[0]!.name
  const {folder} = await call('home.create', {name})
  await open(folder)
  const paths = await bringIn(files)
  const taken = new Set<string>()
  const cells = paths.map(path => {
    const stem = cellName(path)
    let own = stem
    for (let n = 2; taken.has(own); n++) own = `${stem}_${n}`
    taken.add(own)
    return `\`\`\`yaml cell=${own} kind=source\nfile: ${JSON.stringify(path)}\n\`\`\`\n`
  })
  const {document} = await store
    .getState()
    .call('document.create', {name, text: `# ${name}\n\n${cells.join('\n')}`})
  go({at: 'project', folder, screen: 'documents', document})
}

/** `data/Vendas 2024.csv` → `vendas_2024`. */
export function cellName(path: string): string {
  const stem = path
    .split('/')
    .at(-1)!
    .replace(/\.\w+(\.(gz|zst))?$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[a-z]/.test(stem) ? stem : `data_${stem}`
}
