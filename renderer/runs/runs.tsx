// Every training of the project: the list, one of them, or several side by side, as the address says.
import {useStore} from '../state/store.ts'
import {Compare} from './compare.tsx'
import {RunPage} from './run-page.tsx'
import {RunsHome} from './runs-home.tsx'

export function Runs() {
  const item = useStore(state => (state.route.at === 'project' ? state.route.item : undefined))
  const [, what, ids] = /^(run|compare):(.+)$/.exec(item ?? '') ?? []
  if (what === 'run') return <RunPage key={ids} id={ids!} />
  if (what === 'compare') return <Compare key={ids} ids={ids!.split(',')} />
  return <RunsHome />
}
