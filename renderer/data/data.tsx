// The Data screen: the user's files and the tables of the documents, and a close look at one of them.
import {Stack, Text, Title} from '@mantine/core'
import {Group, Panel, Separator} from 'react-resizable-panels'
import {useStore} from '../state/store.ts'
import {readItem} from '../table/item.ts'
import {useT} from '../ui/i18n.ts'
import css from './data.module.css'
import {DropZone} from './drop-zone.tsx'
import {FilePage} from './file-page.tsx'
import {useFiles} from './files.ts'
import {DataList} from './list.tsx'
import {TablePage} from './table-page.tsx'

const panels = {list: 'data-list', page: 'data-page'}

export function Data() {
  const t = useT()
  const item = useStore(state => (state.route.at === 'project' ? state.route.item : undefined))
  const sizes = useStore(state => state.settings.window['data.panels']) as
    | Record<string, number>
    | undefined
  const remember = useStore(state => state.remember)
  const files = useFiles()
  const shown = readItem(item)
  return (
    <DropZone files={files}>
      <Title order={2} className={css.title}>
        {t('data.title')}
      </Title>
      <Group
        className={css.panels}
        orientation="horizontal"
        defaultLayout={sizes}
        onLayoutChanged={(layout, {isUserInteraction}) => {
          if (isUserInteraction) remember('data.panels', layout)
        }}
      >
        <Panel id={panels.list} defaultSize="280px" minSize="180px" maxSize="50%">
          <DataList files={files} shown={shown} />
        </Panel>
        <Separator className={css.separator} aria-label={t('data.resize')} />
        <Panel id={panels.page} className={css.page}>
          {shown?.is === 'file' ? (
            <FilePage key={shown.path} path={shown.path} files={files} />
          ) : shown?.is === 'table' ? (
            <TablePage
              key={`${shown.document}#${shown.table}`}
              document={shown.document}
              table={shown.table}
            />
          ) : (
            <Stack p="xl" maw={560} gap="xs">
              <Text>{t('data.nothing.title')}</Text>
              <Text size="sm" c="dimmed">
                {t('data.nothing.text')}
              </Text>
            </Stack>
          )}
        </Panel>
      </Group>
    </DropZone>
  )
}
