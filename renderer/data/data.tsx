import {useT} from '../ui/i18n.ts'

export function Data() {
  const t = useT()
  return <h2>{t('data.title')}</h2>
}
