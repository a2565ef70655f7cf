// What there is to look at: files with their sizes, and the tables that the cells of each document gave.
import {ActionIcon, Button, FileButton, Group, Progress, Text, UnstyledButton} from '@mantine/core'
import {IconFile, IconFileUpload, IconFolderPlus, IconPhoto, IconTable} from '@tabler/icons-react'
import type {InputHTMLAttributes, ReactNode} from 'react'
import {chosenFiles} from '../state/dropped.ts'
import {useStore} from '../state/store.ts'
import {type DataItem, fileItem, tableItem} from '../table/item.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import {Loading} from '../ui/loading.tsx'
import css from './data.module.css'
import type {Files} from './files.ts'
import {useTables} from './tables.ts'

export function DataList({files, shown}: {files: Files; shown: DataItem | undefined}) {
  const t = useT()
  return (
    <nav className={css.list} aria-label={t('data.list')}>
      <section>
        <Group justify="space-between" mb={4}>
          <Text component="h3" size="sm" fw={600} m={0}>
            {t('data.files.title')}
          </Text>
          <Group gap={4} wrap="nowrap">
            <FileButton
              multiple
              inputProps={{webkitdirectory: ''} as InputHTMLAttributes<HTMLInputElement>}
              onChange={chosen => files.bring(chosenFiles(chosen))}
            >
              {props => (
                <ActionIcon
                  {...props}
                  variant="default"
                  size={24}
                  aria-label={t('data.files.chooseFolder')}
                  title={t('data.files.chooseFolder')}
                >
                  <IconFolderPlus size={14} aria-hidden />
                </ActionIcon>
              )}
            </FileButton>
            <FileButton multiple onChange={chosen => files.bring(chosenFiles(chosen))}>
              {props => (
                <Button
                  {...props}
                  variant="default"
                  size="compact-xs"
                  leftSection={<IconFileUpload size={14} aria-hidden />}
                >
                  {t('data.files.choose')}
                </Button>
              )}
            </FileButton>
          </Group>
        </Group>
        <Coming files={files} />
        <FileList files={files} shown={shown} />
      </section>
      <TableList shown={shown} />
    </nav>
  )
}

function Coming({files}: {files: Files}) {
  const t = useT()
  const {percent} = useFormat()
  if (!files.coming) return null
  const {message = '', done = 0} = files.coming
  return (
    <div role="status">
      <Text size="xs" truncate>
        {t('data.files.coming', {file: message, share: percent(done)})}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Progress flex={1} value={done * 100} aria-label={message || t('data.files.choose')} />
        <Button variant="default" size="compact-xs" onClick={files.stop}>
          {t('common.stop')}
        </Button>
      </Group>
    </div>
  )
}

function FileList({files, shown}: {files: Files; shown: DataItem | undefined}) {
  const t = useT()
  const {bytes} = useFormat()
  if (files.fault) return <FaultAlert fault={files.fault} />
  if (!files.list) return <Loading />
  if (files.list.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {t('data.files.none')}
      </Text>
    )
  return (
    <ul className={css.items}>
      {files.list.map(file => (
        <Item
          key={file.path}
          item={fileItem(file.path)}
          current={shown?.is === 'file' && shown.path === file.path}
          icon={
            file.images ? <IconPhoto size={16} aria-hidden /> : <IconFile size={16} aria-hidden />
          }
          label={file.path.replace(/^data\//, '')}
          size={file.images ? t('data.files.images', {n: file.images}) : bytes(file.bytes)}
        />
      ))}
    </ul>
  )
}

function TableList({shown}: {shown: DataItem | undefined}) {
  const t = useT()
  const {whole} = useFormat()
  const documents = useTables()
  return documents.map(({document, tables, fault}) => (
    <section key={document}>
      <Text component="h3" size="sm" fw={600} m={0} mb={4} truncate title={document}>
        {t('data.tables.title', {document: document.replace(/^notebooks\//, '')})}
      </Text>
      {fault && <FaultAlert fault={fault} />}
      {tables?.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('data.tables.none')}
        </Text>
      )}
      <ul className={css.items}>
        {tables?.map(({name, table}) => (
          <Item
            key={name}
            item={tableItem(document, name)}
            current={shown?.is === 'table' && shown.document === document && shown.table === name}
            icon={<IconTable size={16} aria-hidden />}
            label={name}
            size={`${whole(table.rows)} × ${whole(table.columns.length)}`}
          />
        ))}
      </ul>
    </section>
  ))
}

type ItemProps = {item: string; current: boolean; icon: ReactNode; label: string; size: string}

function Item({item, current, icon, label, size}: ItemProps) {
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  return (
    <li>
      <UnstyledButton
        className={css.item}
        aria-current={current ? 'true' : undefined}
        title={label}
        onClick={() => {
          if (route.at === 'project') go({...route, item})
        }}
      >
        {icon}
        <span className={css.label}>{label}</span>
        <span className={css.size}>{size}</span>
      </UnstyledButton>
    </li>
  )
}
