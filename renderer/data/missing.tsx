// Which columns miss their values, and which miss them together.
import {Text} from '@mantine/core'
import type {TableProfile} from '../../core/schema/profile.ts'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './profile.module.css'

export function Missing({profile}: {profile: TableProfile}) {
  const t = useT()
  const {whole, percent} = useFormat()
  const {missing, rows} = profile
  return (
    <section>
      <Text component="h4" m={0} mb="xs" fw={600}>
        {t('data.missing.title')}
      </Text>
      {missing.rows === 0 ? (
        <Text size="sm">{t('data.missing.none')}</Text>
      ) : (
        <>
          <Text size="sm" mb="xs">
            {t('data.missing.rows', {n: missing.rows, share: percent(missing.rows / rows)})}
          </Text>
          <table className={css.list}>
            <thead>
              <tr>
                <th scope="col">{t('data.missing.columns')}</th>
                <th scope="col">{t('data.overview.rows')}</th>
              </tr>
            </thead>
            <tbody>
              {missing.patterns.map(pattern => (
                <tr key={JSON.stringify(pattern.columns)}>
                  <td>{pattern.columns.join(', ')}</td>
                  <td data-kind="number">{whole(pattern.rows)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}
