// Where the page begins. The host is asked for what will be shown, and answers while the rest of the window loads.
import './nonce.ts'
import {store} from './state/store.ts'

const {route, visit} = store.getState()
visit(route.at === 'project' ? route.folder : undefined)
void import('./window.tsx')
