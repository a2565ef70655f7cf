// Everything that is known of a table's values, and what to mend in them.
import {Button, Group, Select, Stack, Text, TextInput} from '@mantine/core'
import {useDeferredValue, useState} from 'react'
import type {TableProfile} from '../../core/schema/profile.ts'
import {english} from '../../core/words/says.ts'
import {type ProfileSource, type Profiling, useProfile} from '../table/profiles.ts'
import {FaultAlert} from '../ui/fault.tsx'
import {useFormat, useSaid, useT} from '../ui/i18n.ts'
import {Working} from '../ui/working.tsx'
import {ColumnCard} from './column-card.tsx'
import {Correlations} from './correlations.tsx'
import {Missing} from './missing.tsx'
import css from './profile.module.css'
import {Target} from './target.tsx'
import {Warnings} from './warnings.tsx'

export function ProfilePage({source}: {source: ProfileSource}) {
  const t = useT()
  const [target, setTarget] = useState<string | null>(null)
  const plain = useProfile(source, {begin: true})
  const judged = useProfile(target === null ? undefined : {...source, target}, {begin: true})
  const wanted = target === null ? plain : judged
  const profile = profileIn(wanted.now) ?? profileIn(plain.now)
  return (
    <Stack gap="lg" py="sm" className={css.page}>
      <State {...wanted} />
      {profile && (
        <>
          <Overview profile={profile} />
          <Select
            className={css.target}
            label={t('data.target.label')}
            description={t('data.target.hint')}
            placeholder={t('data.target.none')}
            searchable
            clearable
            limit={100}
            clearButtonProps={{'aria-label': t('data.target.clear')}}
            value={target}
            onChange={setTarget}
            data={profile.columns.map(c => c.name)}
          />
          <Warnings warnings={profile.warnings} source={source} />
          {profile.target && <Target target={profile.target} />}
          <Columns profile={profile} />
          <Correlations profile={profile} />
          <Missing profile={profile} />
        </>
      )}
    </Stack>
  )
}

const profileIn = (now: Profiling) => (now.state === 'done' ? now.profile : undefined)

function State({now, start, stop}: ReturnType<typeof useProfile>) {
  const t = useT()
  if (now.state === 'running')
    return <Working what={t('data.profile.running')} progress={now.progress} stop={stop} />
  if (now.state === 'failed')
    return (
      <FaultAlert fault={now.fault}>
        <Button variant="default" onClick={start}>
          {t('common.tryAgain')}
        </Button>
      </FaultAlert>
    )
  if (now.state === 'stopped')
    return (
      <Group gap="sm">
        <Text size="sm" role="status">
          {t('data.profile.stopped')}
        </Text>
        <Button variant="default" onClick={start}>
          {t('data.profile.start')}
        </Button>
      </Group>
    )
  return null
}

function Overview({profile}: {profile: TableProfile}) {
  const t = useT()
  const said = useSaid()
  const {whole, percent} = useFormat()
  const {rows, columns, duplicates, rejected, notes, limits} = profile
  const values = rows * columns.length
  const missing = columns.reduce((sum, c) => sum + c.missing, 0)
  const share = (n: number, of: number) => (of === 0 ? '' : ` (${percent(n / of)})`)
  const facts: [string, string][] = [
    [t('data.overview.rows'), whole(rows)],
    [t('data.overview.columns'), whole(columns.length)],
    [t('data.overview.missing'), `${whole(missing)}${share(missing, values)}`],
    [t('data.overview.duplicates'), `${whole(duplicates)}${share(duplicates, rows)}`],
    [t('data.overview.rejected'), whole(rejected)],
  ]
  return (
    <section aria-label={t('data.overview.title')}>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {[...notes, ...limits].map(note => (
        <Text key={english(note)} size="xs" c="dimmed">
          {said.text(note)}
        </Text>
      ))}
    </section>
  )
}

/** Cards that are drawn at first; a table may have thousands of columns. */
const drawn = 24

function Columns({profile}: {profile: TableProfile}) {
  const t = useT()
  const [text, setText] = useState('')
  const [most, setMost] = useState(drawn)
  const wanted = useDeferredValue(text.toLowerCase())
  const found = profile.columns.filter(c => c.name.toLowerCase().includes(wanted))
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Text component="h4" m={0} fw={600}>
          {t('data.columns.title')}
        </Text>
        {profile.columns.length > 8 && (
          <TextInput
            aria-label={t('data.columns.search')}
            placeholder={t('data.columns.search')}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
        )}
      </Group>
      <div className={css.cards}>
        {found.slice(0, most).map(column => (
          <ColumnCard key={column.name} column={column} rows={profile.rows} />
        ))}
      </div>
      {found.length > most && (
        <Button variant="default" mt="xs" onClick={() => setMost(most + 100)}>
          {t('data.columns.more', {n: found.length - most})}
        </Button>
      )}
    </section>
  )
}
