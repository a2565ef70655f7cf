// Which block was asked to be edited by a key or a command.
import {create} from 'zustand'

export const useEditing = create<{id?: string; ask: (id: string) => void; done: () => void}>()(
  set => ({ask: id => set({id}), done: () => set({id: undefined})}),
)
