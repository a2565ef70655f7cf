// The window: which project, which screen, and what surrounds them.
import {useMantineColorScheme} from '@mantine/core'
import {lazy, Suspense, useEffect} from 'react'
import {useStore} from './state/store.ts'
import {Failed} from './ui/failed.tsx'
import {useLanguage} from './ui/i18n.ts'
import {Loading} from './ui/loading.tsx'
import {Shell} from './ui/shell.tsx'

const Home = lazy(() => import('./home/home.tsx').then(m => ({default: m.Home})))

export function App() {
  const route = useStore(state => state.route)
  const language = useLanguage()
  useScheme()
  const folder = route.at === 'project' ? route.folder : undefined

  useEffect(() => {
    document.documentElement.lang = language
    void window.bancada?.setLanguage(language)
  }, [language])

  return (
    <Failed>
      {folder === undefined ? (
        <Suspense fallback={<Loading />}>
          <Home />
        </Suspense>
      ) : (
        <Shell key={folder} />
      )}
    </Failed>
  )
}

/** Follows the theme that is set. */
function useScheme() {
  const theme = useStore(state => state.settings.theme)
  const {setColorScheme} = useMantineColorScheme({keepTransitions: false})
  useEffect(() => setColorScheme(theme === 'system' ? 'auto' : theme), [theme, setColorScheme])
}
