// The checklist of the open document; what is being typed does not make it anew.
import {useMemo} from 'react'
import {checklist, hasGuide, type Item} from '../../core/guide/checklist.ts'
import type {OpenDocument} from '../state/document.ts'
import {useStore} from '../state/store.ts'

/** Nothing in a project without a guide. */
export function useChecklist(): Item[] | undefined {
  const order = useStore(state => state.doc?.order)
  const blocks = useStore(state => state.doc?.blocks)
  const status = useStore(state => state.doc?.status)
  const edges = useStore(state => state.doc?.edges)
  const failed = useStore(({doc}) => (doc ? failedOf(doc) : ''))
  const kinds = useStore(state => state.kinds)
  const manifest = useStore(state => state.project?.manifest)
  return useMemo(
    () =>
      manifest && hasGuide(manifest) && order && blocks && status && edges
        ? checklist({order, blocks, status, edges, failed: failed.split('\n')}, kinds, manifest)
        : undefined,
    [manifest, order, blocks, status, edges, failed, kinds],
  )
}

/** As one text, which is the same while nothing of it changes; a name has no line end. */
const failedOf = ({live}: OpenDocument) =>
  Object.values(live)
    .flatMap(({cell, state}) => (state === 'failed' ? [cell] : []))
    .join('\n')
