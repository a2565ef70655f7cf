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
}

export const projectSlice = (set: SetState, get: GetState): ProjectSlice => ({
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
})
