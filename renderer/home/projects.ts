// Projects of this machine: the list of them, and how one is opened in this window.
import {useCallback} from 'react'
import type {OutputOf} from '../../core/contract.ts'
import {en} from '../../resources/locales/en/index.ts'
import {useStore} from '../state/store.ts'
import type {Key} from '../ui/i18n.ts'

export type List = OutputOf<'home.list'>

/** Opens a project's folder in this window. */
export function useOpenProject() {
  const call = useStore(state => state.call)
  const fail = useStore(state => state.fail)
  const go = useStore(state => state.go)
  return useCallback(
    async (path: string) => {
      try {
        const {folder} = await call('home.open', {folder: path})
        go({at: 'project', folder, screen: 'documents'})
      } catch (error) {
        fail(error)
      }
    },
    [call, fail, go],
  )
}

/** Templates that the catalogue does not know are called by their own names. */
export const templateWords = (name: string): {title: Key; about: Key} | undefined =>
  name in en.home.templates
    ? {title: `home.templates.${name}` as Key, about: `home.about.${name}` as Key}
    : undefined
