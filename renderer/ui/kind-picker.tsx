import type {KindInfo} from '../../core/schema/kind.ts'
import type {Port} from '../../core/schema/value.ts'

export function KindPicker(_: {onPick: (kind: KindInfo) => void; accepts?: Port}) {
  return null
}
