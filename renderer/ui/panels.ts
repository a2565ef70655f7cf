// Which of the window's overlays is open.
import {create} from 'zustand'

export type Panel = 'palette' | 'keys' | 'settings'

export const usePanels = create<{
  open?: Panel
  /** How often one was opened: each time it begins anew, even while the last is still going away. */
  times: number
  show: (panel: Panel) => void
  hide: () => void
}>()(set => ({
  times: 0,
  show: open => set(({times}) => ({open, times: times + 1})),
  hide: () => set({open: undefined}),
}))
