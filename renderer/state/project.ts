// The open project: who it is, its documents, and the kinds of cells there are.
import type {ProjectInfo} from '../../core/contract.ts'
import {type Fault, toFault} from '../../core/error.ts'
import type {KindInfo} from '../../core/schema/kind.ts'
import type {GetState, SetState} from './store.ts'

export type ProjectSlice = {
  project: ProjectInfo | undefined
  /** Why the project of the address cannot be opened. */
  projectFault: Fault | undefined
  kinds: Record<string, KindInfo>
  /** In the order of the palette. */
  kindList: KindInfo[]
  readProject: () => Promise<void>
  /** Goes to a project, or to the home screen: opens the line, and asks for all that the first screen shows. */
  visit: (folder?: string) => void
}

export const projectSlice = (set: SetState, get: GetState): ProjectSlice => {
  let here: {folder: string | undefined} | undefined

  /** Before the screen that shows it is there. */
  function openFirstDocument() {
    const {route, project, openDocument} = get()
    if (route.at !== 'project' || route.screen !== 'documents') return
    const document = route.document ?? project?.documents[0]
    if (document !== undefined) openDocument(document)
  }

  return {
    project: undefined,
    projectFault: undefined,
    kinds: {},
    kindList: [],
    readProject: async () => {
      const {call} = get()
      try {
        const [project, kindList] = await Promise.all([
          call('project.info', {}),
          call('kinds.list', {}),
        ])
        const kinds = Object.fromEntries(kindList.map(kind => [kind.kind, kind]))
        set({project, kindList, kinds, projectFault: undefined})
      } catch (error) {
        set({projectFault: toFault(error)})
      }
    },
    visit: folder => {
      if (here && here.folder === folder) return
      const at = {folder}
      here = at
      const {open, readSettings, readProject, closeDocument} = get()
      // Nothing of the project that was left is taken for the next one's.
      closeDocument()
      set({project: undefined, projectFault: undefined})
      void open(folder)
      void readSettings()
      if (folder === undefined) return
      openFirstDocument()
      void readProject().then(() => {
        if (here === at) openFirstDocument()
      })
    },
  }
}
