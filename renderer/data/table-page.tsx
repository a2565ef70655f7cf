// A table of a cell: its rows, and its profile.
import {Anchor, Tabs, Text} from '@mantine/core'
import {useState} from 'react'
import {useStore} from '../state/store.ts'
import {NoTable, TableGrid} from '../table/grid.tsx'
import {useTableInfo} from '../table/info.ts'
import {useT} from '../ui/i18n.ts'
import css from './data.module.css'
import {ProfilePage} from './profile-page.tsx'

export function TablePage({document, table}: {document: string; table: string}) {
  const t = useT()
  const [tab, setTab] = useState<string | null>('rows')
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  return (
    <div className={css.content}>
      <div className={css.heading}>
        <Text component="h3" size="lg" fw={600} m={0} className={css.name}>
          {table}
        </Text>
        <Anchor
          component="button"
          size="sm"
          onClick={() => {
            if (route.at === 'project')
              go({...route, screen: 'documents', document, item: undefined})
          }}
        >
          {document}
        </Anchor>
      </div>
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List aria-label={t('data.table.views')}>
          <Tabs.Tab value="rows">{t('data.table.rows')}</Tabs.Tab>
          <Tabs.Tab value="profile">{t('data.table.profile')}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <div className={css.scroll}>
        {tab === 'rows' ? (
          <TableGrid document={document} table={table} />
        ) : (
          <TableProfile document={document} table={table} />
        )}
      </div>
    </div>
  )
}

function TableProfile({document, table}: {document: string; table: string}) {
  const info = useTableInfo(document, table)
  if (info.state !== 'ready') return <NoTable document={document} info={info} />
  return <ProfilePage source={{document, table, version: info.hash}} />
}
