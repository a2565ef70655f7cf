// Every action that has a name: what the palette lists, the keyboard does, and the help sheet shows.
import {useMantineColorScheme} from '@mantine/core'
import {useMemo} from 'react'
import {screens, views} from '../state/route.ts'
import {useStore} from '../state/store.ts'
import {useLanguage, useT} from './i18n.ts'
import {usePanels} from './panels.ts'

export type Command = {
  id: string
  title: string
  /** `mod+shift+z`: mod is Ctrl, or Command on a Mac. Several that do the same are separated by a blank. */
  keys?: string
  run: () => void
  /** Works while a text is being edited, too. */
  always?: boolean
  disabled?: boolean
}

/** The commands of the window as a whole; screens add their own with `useScreenCommands`. */
export function useCommands(): Command[] {
  const t = useT()
  const language = useLanguage()
  const route = useStore(state => state.route)
  const go = useStore(state => state.go)
  // Not the document itself: it changes with every key.
  const open = useStore(state => state.doc !== undefined)
  const running = useStore(state => state.doc?.running ?? false)
  const undoable = useStore(state => state.doc?.undo)
  const redoable = useStore(state => state.doc?.redo)
  const run = useStore(state => state.run)
  const stop = useStore(state => state.stop)
  const undo = useStore(state => state.undo)
  const redo = useStore(state => state.redo)
  const setSettings = useStore(state => state.setSettings)
  const documents = useStore(state => state.project?.documents)
  const own = useStore(state => state.screenCommands)
  const show = usePanels(panels => panels.show)
  const {colorScheme, toggle} = useToggle()

  return useMemo(() => {
    const c = (
      id: string,
      title: string,
      run: () => void,
      more: Partial<Command> = {},
    ): Command => ({
      id,
      title,
      run,
      ...more,
    })
    const inProject = route.at === 'project' ? route : undefined
    return [
      c('palette', t('window.commands.palette'), () => show('palette'), {
        keys: 'mod+k',
        always: true,
      }),
      c('keys', t('window.commands.keys'), () => show('keys'), {keys: 'f1 ?'}),
      c('settings', t('window.commands.settings'), () => show('settings'), {
        keys: 'mod+,',
        always: true,
      }),
      c('language', t('window.commands.language'), () =>
        setSettings({language: language === 'en' ? 'pt-BR' : 'en'}),
      ),
      c('theme', t('window.commands.theme'), () => toggle(colorScheme)),
      c('home', t('window.commands.home'), () => go({at: 'home'})),
      ...(inProject
        ? screens.map((screen, i) =>
            c(
              `go-${screen}`,
              t('window.commands.go', {screen: t(`window.rail.${screen}`)}),
              () => go({...inProject, screen, item: undefined}),
              {keys: `mod+${i + 1}`, always: true},
            ),
          )
        : []),
      ...(inProject && open
        ? [
            c('run-all', t('window.commands.runAll'), () => void run(), {
              keys: 'mod+shift+enter',
              always: true,
              disabled: running,
            }),
            c('stop', t('window.commands.stopAll'), () => void stop(), {
              keys: 'mod+.',
              always: true,
              disabled: !running,
            }),
            c('undo', t('window.commands.undo'), () => void undo(), {
              keys: 'mod+z',
              disabled: !undoable,
            }),
            c('redo', t('window.commands.redo'), () => void redo(), {
              keys: 'mod+shift+z mod+y',
              disabled: !redoable,
            }),
            ...views.map(view =>
              c(
                `view-${view}`,
                t(`window.commands.${view}`),
                () => go({...inProject, screen: 'documents', view}),
                {
                  keys: `alt+${views.indexOf(view) + 1}`,
                  always: true,
                },
              ),
            ),
          ]
        : []),
      ...(inProject
        ? (documents ?? []).map(document =>
            c(`open-${document}`, t('window.commands.openDocument', {document}), () =>
              go({...inProject, screen: 'documents', document}),
            ),
          )
        : []),
      ...own,
    ]
  }, [
    t,
    language,
    route,
    go,
    open,
    running,
    undoable,
    redoable,
    run,
    stop,
    undo,
    redo,
    setSettings,
    documents,
    own,
    show,
    colorScheme,
    toggle,
  ])
}

function useToggle() {
  const {colorScheme} = useMantineColorScheme()
  const setSettings = useStore(state => state.setSettings)
  const toggle = useMemo(
    () => (now: string) => {
      const dark =
        now === 'dark' || (now === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
      setSettings({theme: dark ? 'light' : 'dark'})
    },
    [setSettings],
  )
  return {colorScheme, toggle}
}
