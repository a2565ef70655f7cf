// The checklist of the open document; what is being typed does not make it anew.
import {useMemo} from 'react'
import {checklist, hasGuide, type Item} from '../../core/guide/checklist.ts'
import {useStore} from '../state/store.ts'

/** Nothing in a project without a guide. */
export function useChecklist(): Item[] | undefined {
  const order = useStore(state => state.doc?.order)
  const blocks = useStore(state => state.doc?.blocks)
  const status = useStore(state => state.doc?.status)
  const edges = useStore(state => state.doc?.edges)
  const kinds = useStore(state => state.kinds)
  const manifest = useStore(state => state.project?.manifest)
  return useMemo(
    () =>
      manifest && hasGuide(manifest) && order && blocks && status && edges
        ? checklist({order, blocks, status, edges}, kinds, manifest)
        : undefined,
    [manifest, order, blocks, status, edges, kinds],
  )
}
