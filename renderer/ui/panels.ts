// Which of the window's overlays is open.
import {create} from 'zustand'

export type Panel = 'palette' | 'keys' | 'settings'

export const usePanels = create<{open?: Panel; show: (panel: Panel) => void; hide: () => void}>()(
  set => ({
    show: open => set({open}),
    hide: () => set({open: undefined}),
  }),
)
