// A file of `data/`: its profile, and the way into a document.
import {Button, Text} from '@mantine/core'
import {IconPlus} from '@tabler/icons-react'
import {useState} from 'react'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import css from './data.module.css'
import type {Files} from './files.ts'
import {useInsert} from './insert.ts'
import {ProfilePage} from './profile-page.tsx'

export function FilePage({path, files}: {path: string; files: Files}) {
  const t = useT()
  const {bytes, date} = useFormat()
  const {addSource, addImages} = useInsert()
  const [adding, setAdding] = useState(false)
  const file = files.list?.find(f => f.path === path)
  if (!files.list) return <Loading />
  if (!file)
    return (
      <div className={css.content}>
        <FaultAlert
          fault={{
            code: 'missing-file',
            message: t('data.file.gone', {file: path}),
            hint: t('data.file.goneHint'),
          }}
        />
      </div>
    )
  return (
    <div className={css.content}>
      <div className={css.heading}>
        <div>
          <Text component="h3" size="lg" fw={600} m={0} className={css.name}>
            {path}
          </Text>
          <Text size="xs" c="dimmed">
            {file.images && `${t('data.files.images', {n: file.images})} · `}
            {bytes(file.bytes)} · {date(file.modified)}
          </Text>
        </div>
        <Button
          leftSection={<IconPlus size={14} aria-hidden />}
          loading={adding}
          onClick={async () => {
            setAdding(true)
            await (file.images ? addImages(path) : addSource(path))
            setAdding(false)
          }}
        >
          {t(file.images ? 'data.file.addImages' : 'data.file.add')}
        </Button>
      </div>
      <div className={css.scroll}>
        {file.images ? (
          <Text size="sm" py="sm" maw={560}>
            {t('data.file.aboutImages')}
          </Text>
        ) : (
          <ProfilePage source={{file: path, version: `${file.modified} ${file.bytes}`}} />
        )}
      </div>
    </div>
  )
}
