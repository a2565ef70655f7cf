// The ways from one place of this screen to another.
import {store} from '../state/store.ts'

function goItem(item: string | undefined) {
  const {route, go} = store.getState()
  if (route.at === 'project') go({...route, screen: 'runs', item})
}

export const goRun = (id: string) => goItem(`run:${id}`)
export const goCompare = (ids: readonly string[]) => goItem(`compare:${ids.join(',')}`)
export const goRuns = () => goItem(undefined)

/** The heading of a run's log, to go to. */
export const logPlace = 'run-log'

/** To the log on the page of the run that is shown. */
export function showLog() {
  const heading = document.getElementById(logPlace)
  heading?.scrollIntoView({block: 'start'})
  heading?.focus({preventScroll: true})
}

export function goDocument(document: string) {
  const {route, go} = store.getState()
  if (route.at === 'project') go({...route, screen: 'documents', document, item: undefined})
}
