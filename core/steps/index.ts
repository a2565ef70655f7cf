// The table steps by kind. A new one needs its own file and one line in `all.ts`.
import type {Transform} from '../plugin.ts'
import * as all from './all.ts'

export const steps: Readonly<Record<string, Transform>> = Object.fromEntries(
  (Object.values(all) as unknown as Transform[]).map(step => [step.kind, step]),
)
