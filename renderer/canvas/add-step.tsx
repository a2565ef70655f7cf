// Choosing what to add: anything, or what can take a cell's output.
import {Modal} from '@mantine/core'
import {useCallback} from 'react'
import {useT} from '../ui/i18n.ts'
import {KindPicker} from '../ui/kind-picker.tsx'
import {type Actions, type Addition, useActions} from './actions.ts'
import type {Graph} from './graph.ts'

/** `add` is what the canvas does with what is picked; without a canvas, the cell is added to the document. */
export function AddStep({
  graph,
  wanted,
  close,
  add,
}: {
  graph: Graph
  wanted: Addition | undefined
  close: () => void
  add?: Actions['add']
}) {
  const t = useT()
  const nothing = useCallback(() => {}, [])
  const own = useActions(graph, {say: nothing, show: nothing, askPart: nothing})
  const source = wanted?.source && graph.cells.get(wanted.source.id)
  return (
    <Modal
      opened={wanted !== undefined}
      onClose={close}
      title={
        source?.gives
          ? t('canvas.picker.after', {name: source.name, port: t(`common.what.${source.gives}`)})
          : t('canvas.picker.title')
      }
      closeButtonProps={{'aria-label': t('common.close')}}
      padding="sm"
      size="lg"
      yOffset="8vh"
      transitionProps={{duration: 0}}
    >
      <KindPicker
        accepts={source?.gives}
        onPick={kind => {
          close()
          void (add ?? own.add)(kind, wanted ?? {})
        }}
      />
    </Modal>
  )
}
