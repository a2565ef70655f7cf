// What is evaluated: a task's outputs on some rows, ready to be measured in several ways.
import type {Exhibit} from '../schema/report.ts'
import type {Said} from '../words/says.ts'
import type {Battery} from './battery.ts'

export type Subject = {
  battery: Battery
  /** The rows in the order in which both batteries take their weights, where it is not their own. */
  order?: Uint32Array
  /** The same measures for an answer that knows the training targets only. */
  baseline?: {about: Said; battery: Battery}
  /** The same measures on some of the rows. */
  subset: (rows: Uint32Array) => Battery
  exhibits: (weights: Float64Array) => Exhibit[]
  warnings: Said[]
  /** How often a resample looks at each row: the price of one repeat. */
  passes: number
}
