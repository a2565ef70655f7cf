// The window's one store: a cache of what the host knows, and what only this window knows. Slices by concern.
import {create} from 'zustand'
import {type ConnectionSlice, connectionSlice} from './connection.ts'
import {type DocumentSlice, documentSlice} from './document.ts'
import {type NoticeSlice, noticeSlice} from './notices.ts'
import {type ProjectSlice, projectSlice} from './project.ts'
import {type RouteSlice, routeSlice} from './route.ts'
import type {ScreenCommandsSlice} from './screen-commands.ts'
import {type SettingsSlice, settingsSlice} from './settings.ts'

export type State = ConnectionSlice &
  DocumentSlice &
  NoticeSlice &
  ProjectSlice &
  RouteSlice &
  ScreenCommandsSlice &
  SettingsSlice

export type SetState = (change: Partial<State> | ((state: State) => Partial<State>)) => void
export type GetState = () => State

export const useStore = create<State>()((set, get) => ({
  ...connectionSlice(set),
  ...documentSlice(set, get),
  ...noticeSlice(set),
  ...projectSlice(set, get),
  ...routeSlice(set),
  screenCommands: [],
  ...settingsSlice(set, get),
}))

/** For code that is not a component. */
export const store = useStore
