import type {data as en} from '../en/data.ts'
import type {Words} from '../en/index.ts'

export const data = {
  title: 'data',
} satisfies Words<typeof en>
