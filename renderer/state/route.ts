// Where the window is, as the address says: back and forward work, and a reload comes back to the same place.
import type {SetState} from './store.ts'

export const screens = ['documents', 'data', 'runs', 'models', 'publish', 'monitor'] as const
export type Screen = (typeof screens)[number]
export const views = ['notebook', 'canvas', 'split'] as const
export type View = (typeof views)[number]

export type Route =
  | {at: 'home'}
  | {
      at: 'project'
      folder: string
      screen: Screen
      /** The open document. */
      document?: string
      view?: View
      /** What a screen shows in detail: a run's id, runs to compare (`a,b`), a model's name, a file or table. */
      item?: string
    }

export type RouteSlice = {route: Route; go: (route: Route, options?: {replace?: boolean}) => void}

export const routeSlice = (set: SetState): RouteSlice => {
  window.addEventListener('hashchange', () => set({route: readRoute(location.hash)}))
  return {
    route: readRoute(location.hash),
    go: (route, {replace = false} = {}) => {
      const hash = writeRoute(route)
      if (replace) history.replaceState(undefined, '', hash)
      else if (hash !== location.hash) history.pushState(undefined, '', hash)
      set({route})
    },
  }
}

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const params = new URLSearchParams(query)
  const folder = params.get('folder')
  if (!path.startsWith('/project') || !folder) return {at: 'home'}
  const screen = screens.find(name => name === path.split('/')[2]) ?? 'documents'
  const view = views.find(name => name === params.get('view'))
  const document = params.get('document') ?? undefined
  const item = params.get('item') ?? undefined
  return {
    at: 'project',
    folder,
    screen,
    ...(document && {document}),
    ...(view && {view}),
    ...(item && {item}),
  }
}

export function writeRoute(route: Route): string {
  if (route.at === 'home') return '#/'
  const {folder, screen, document, view, item} = route
  const params = new URLSearchParams({folder})
  if (document) params.set('document', document)
  if (view) params.set('view', view)
  if (item) params.set('item', item)
  return `#/project/${screen}?${params}`
}
