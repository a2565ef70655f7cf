// Files that are dropped anywhere on the screen come into the project.
import {Text} from '@mantine/core'
import {type DragEvent, type ReactNode, useState} from 'react'
import {droppedFiles} from '../state/dropped.ts'
import {store} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'
import css from './data.module.css'
import type {Files} from './files.ts'

export function DropZone({files, children}: {files: Files; children: ReactNode}) {
  const t = useT()
  const [over, setOver] = useState(false)
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button that chooses files does the same
    <div
      className={css.screen}
      onDragOver={event => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={event => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(false)
        void droppedFiles(event.dataTransfer).then(files.bring, store.getState().fail)
      }}
    >
      {children}
      {over && (
        <div className={css.drop}>
          <Text size="lg">{t('data.drop')}</Text>
        </div>
      )}
    </div>
  )
}
