import {useT} from '../ui/i18n.ts'

export function Runs() {
  const t = useT()
  return <h2>{t('runs.title')}</h2>
}
