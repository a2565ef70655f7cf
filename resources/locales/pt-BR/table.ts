import type {Words} from '../en/index.ts'
import type {table as en} from '../en/table.ts'

export const table = {
  title: 'table',
} satisfies Words<typeof en>
