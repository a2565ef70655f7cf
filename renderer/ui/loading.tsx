import {Center, Loader} from '@mantine/core'
import {useT} from './i18n.ts'

/** A sign of life while something is on its way. */
export function Loading() {
  const t = useT()
  return (
    <Center h="100%" mih={80}>
      <Loader size="sm" role="status" aria-label={t('common.loading')} />
    </Center>
  )
}
