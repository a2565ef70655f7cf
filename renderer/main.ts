// Where the page begins. The host is asked for what will be shown, and answers while the rest of the window loads.
import './nonce.ts'
import {store} from './state/store.ts'

// Before anything is drawn of the place that the window has gone to: what it asks is for that place's host.
const follow = ({route, visit}: ReturnType<typeof store.getState>) =>
  visit(route.at === 'project' ? route.folder : undefined)
follow(store.getState())
store.subscribe(follow)
void import('./window.tsx')
