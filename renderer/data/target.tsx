// How well each column alone tells what is to be predicted.
import {Text} from '@mantine/core'
import type {TargetProfile} from '../../core/schema/profile.ts'
import {TopValues} from '../table/bars.tsx'
import {useFormat, useT} from '../ui/i18n.ts'
import css from './profile.module.css'

/** Columns that are listed. */
const listed = 20

export function Target({target}: {target: TargetProfile}) {
  const t = useT()
  const {figure, whole} = useFormat()
  const floor = target.measure === 'auc' ? 0.5 : 0
  return (
    <section>
      <Text component="h4" m={0} fw={600}>
        {t('data.target.tells', {target: target.name})}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t(`data.target.${target.measure}`)}
      </Text>
      <div className={css.cards}>
        <table className={css.list}>
          <tbody>
            {target.columns.slice(0, listed).map(({name, value}) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-kind="number">{figure(value)}</td>
                <td className={css.meter} aria-hidden>
                  <span style={{width: `${Math.max(0, (value - floor) / (1 - floor)) * 100}%`}} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {target.classes && (
          <div>
            <Text size="sm" fw={600}>
              {t('data.target.classes')}
            </Text>
            <TopValues values={target.classes} most={target.classes[0]?.count ?? 1} shown={whole} />
          </div>
        )}
      </div>
    </section>
  )
}
