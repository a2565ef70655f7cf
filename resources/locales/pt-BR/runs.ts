import type {Words} from '../en/index.ts'
import type {runs as en} from '../en/runs.ts'

export const runs = {
  title: 'runs',
} satisfies Words<typeof en>
