import {Tabs} from '@mantine/core'
import {useState} from 'react'
import {useT} from '../ui/i18n.ts'
import css from './runs.module.css'
import {RunsList} from './runs-list.tsx'
import {RunsSql} from './runs-sql.tsx'

/** The list of runs, and a query of one's own over them. */
export function RunsHome() {
  const t = useT()
  const [tab, setTab] = useState<string | null>('list')
  return (
    <Tabs value={tab} onChange={setTab} className={css.home} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="list">{t('runs.tabs.list')}</Tabs.Tab>
        <Tabs.Tab value="sql">{t('runs.tabs.sql')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="list" className={css.panel}>
        <RunsList />
      </Tabs.Panel>
      <Tabs.Panel value="sql" className={css.panel}>
        <RunsSql />
      </Tabs.Panel>
    </Tabs>
  )
}
