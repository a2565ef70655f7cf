import {useT} from '../ui/i18n.ts'

export function Home() {
  const t = useT()
  return <h1>{t('home.title')}</h1>
}
