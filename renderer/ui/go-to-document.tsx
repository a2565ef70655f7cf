// What an empty screen offers: the way to the document in which its work is done.
import {Button} from '@mantine/core'
import {useStore} from '../state/store.ts'

/** Goes to the open document, or to the project's first. */
export function GoToDocument({label}: {label: string}) {
  const route = useStore(state => state.route)
  const first = useStore(state => state.project?.documents[0])
  const go = useStore(state => state.go)
  if (route.at !== 'project') return null
  const document = route.document ?? first
  return (
    <Button onClick={() => go({...route, screen: 'documents', document, item: undefined})}>
      {label}
    </Button>
  )
}
