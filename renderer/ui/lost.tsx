import {Alert} from '@mantine/core'
import {IconPlugOff} from '@tabler/icons-react'
import {useEffect, useState} from 'react'
import {useStore} from '../state/store.ts'
import {useT} from './i18n.ts'

/** Says that the host is gone, while it is; a break that is over at once is not worth a banner. */
export function Lost() {
  const t = useT()
  const lost = useStore(state => state.connection === 'lost')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(lost), lost ? 150 : 600)
    return () => clearTimeout(timer)
  }, [lost])
  if (!shown) return null
  return (
    <div style={{gridArea: 'lost'}}>
      <Alert
        role="alert"
        color="orange"
        variant="outline"
        radius={0}
        p="xs"
        icon={<IconPlugOff size={18} aria-hidden />}
        title={t('window.lost.title')}
      >
        {t('window.lost.text')}
      </Alert>
    </div>
  )
}
