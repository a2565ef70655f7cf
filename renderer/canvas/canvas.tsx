import {useT} from '../ui/i18n.ts'

export function Canvas() {
  const t = useT()
  return <h2>{t('canvas.title')}</h2>
}
