import {useEffect} from 'react'
import {Canvas} from '../canvas/canvas.tsx'
import {useStore} from '../state/store.ts'
import {useT} from '../ui/i18n.ts'

export function Documents() {
  const t = useT()
  const view = useStore(({route}) => (route.at === 'project' ? route.view : undefined))
  const asked = useStore(({route}) => (route.at === 'project' ? route.document : undefined))
  const first = useStore(({project}) => project?.documents[0])
  const openDocument = useStore(state => state.openDocument)
  const document = asked ?? first
  useEffect(() => {
    if (document !== undefined) openDocument(document)
  }, [document, openDocument])
  return view === 'canvas' ? <Canvas /> : <h2>{t('notebook.title')}</h2>
}
