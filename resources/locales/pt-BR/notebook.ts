import type {Words} from '../en/index.ts'
import type {notebook as en} from '../en/notebook.ts'

export const notebook = {
  title: 'notebook',
} satisfies Words<typeof en>
