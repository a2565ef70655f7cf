import {useT} from '../ui/i18n.ts'

export function Models() {
  const t = useT()
  return <h2>{t('models.title')}</h2>
}
