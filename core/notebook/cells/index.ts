// Every kind of cell by name: the steps and models through their adapters, and those that are their own.
import {models} from '../../models/index.ts'
import {steps} from '../../steps/index.ts'
import type {CellKind} from '../cell-kind.ts'
import {driftCell} from './drift.ts'
import {evaluateCell} from './evaluate.ts'
import {imagesCell} from './images.ts'
import {modelCell} from './model.ts'
import {packageCell} from './package.ts'
import {registerCell} from './register.ts'
import {rehearseCell} from './rehearse.ts'
import {sourceCell} from './source.ts'
import {splitCell} from './split.ts'
import {sqlCell} from './sql.ts'
import {transformCell} from './transform.ts'

const own = [
  sourceCell,
  imagesCell,
  sqlCell,
  splitCell,
  evaluateCell,
  registerCell,
  packageCell,
  rehearseCell,
  driftCell,
] as CellKind[]

export const kinds: Readonly<Record<string, CellKind>> = Object.fromEntries(
  [...own, ...Object.values(steps).map(transformCell), ...Object.values(models).map(modelCell)].map(
    kind => [kind.kind, kind],
  ),
)

/** Kinds that are read and kept, and do not run yet. */
export const later: ReadonlySet<string> = new Set(['ts', 'chart'])
