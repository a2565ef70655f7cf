// What a person has set, kept by the host so that it outlives the window's address.
import type {Settings} from '../../core/schema/settings.ts'
import type {GetState, SetState} from './store.ts'

export type SettingsSlice = {
  settings: Settings
  settingsRead: boolean
  readSettings: () => Promise<void>
  setSettings: (change: Partial<Settings>) => void
  /** Sizes of panels and the like: kept soon, not at once. */
  remember: (name: string, value: unknown) => void
}

export const settingsSlice = (set: SetState, get: GetState): SettingsSlice => {
  let pending: Record<string, unknown> = {}
  let timer: number | undefined
  const keep = () => {
    clearTimeout(timer)
    if (Object.keys(pending).length === 0) return
    const names = pending
    pending = {}
    get().call('settings.set', {window: names}).catch(get().fail)
  }
  window.addEventListener('pagehide', keep)
  return {
    settings: {theme: 'system', window: {}},
    settingsRead: false,
    readSettings: async () =>
      set({settings: await get().call('settings.get', {}), settingsRead: true}),
    setSettings: change => {
      set(({settings}) => ({settings: {...settings, ...change}}))
      get().call('settings.set', change).catch(get().fail)
    },
    remember: (name, value) => {
      set(({settings}) => ({settings: {...settings, window: {...settings.window, [name]: value}}}))
      pending[name] = value
      clearTimeout(timer)
      timer = window.setTimeout(keep, 400)
    },
  }
}
