import {useT} from '../ui/i18n.ts'

export function Documents() {
  const t = useT()
  return <h2>{t('notebook.title')}</h2>
}
