// What to mend before a model sees the table, each with the step that mends it.
import {Button, Text} from '@mantine/core'
import {IconAlertTriangle, IconCircleCheck} from '@tabler/icons-react'
import {useState} from 'react'
import type {Warning} from '../../core/schema/profile.ts'
import {useStore} from '../state/store.ts'
import type {ProfileSource} from '../table/profiles.ts'
import {useKindWords, useSaid, useT} from '../ui/i18n.ts'
import {mendedBy, useInsert} from './insert.ts'
import css from './profile.module.css'

export function Warnings({warnings, source}: {warnings: Warning[]; source: ProfileSource}) {
  const t = useT()
  return (
    <section>
      <Text component="h4" m={0} mb="xs" fw={600}>
        {t('data.warnings.title', {n: warnings.length})}
      </Text>
      {warnings.length === 0 ? (
        <Text size="sm">
          <IconCircleCheck size={14} aria-hidden /> {t('data.warnings.none')}
        </Text>
      ) : (
        <ul className={css.warnings}>
          {warnings.map(warning => (
            <One key={`${warning.kind} ${warning.message}`} warning={warning} source={source} />
          ))}
        </ul>
      )}
    </section>
  )
}

function One({warning, source}: {warning: Warning; source: ProfileSource}) {
  const t = useT()
  const words = useKindWords()
  const {fix} = warning
  const message = useSaid().text(warning.said)
  const kind = useStore(state => (fix ? state.kinds[fix.kind] : undefined))
  const mended = useStore(({doc}) => doc && fix && mendedBy(doc, source, fix))
  const {addFix} = useInsert()
  const [busy, setBusy] = useState(false)
  return (
    <li>
      <IconAlertTriangle size={16} aria-hidden className={css.sign} />
      <div>
        <Text size="sm" fw={600}>
          {t(`data.warnings.kind.${warning.kind}`)}
        </Text>
        <Text size="sm">{message}</Text>
      </div>
      {mended !== undefined && (
        <Text size="sm" c="dimmed">
          <IconCircleCheck size={14} aria-hidden /> {t('data.warnings.mended', {cell: mended})}
        </Text>
      )}
      {fix && mended === undefined && (
        <Button
          variant="default"
          loading={busy}
          title={kind && words(fix.kind, kind).doc}
          aria-label={`${t('data.warnings.fix', {step: kind ? words(fix.kind, kind).title : fix.kind})}: ${message}`}
          onClick={async () => {
            setBusy(true)
            await addFix(source, fix)
            setBusy(false)
          }}
        >
          {t('data.warnings.fix', {step: kind ? words(fix.kind, kind).title : fix.kind})}
        </Button>
      )}
    </li>
  )
}
