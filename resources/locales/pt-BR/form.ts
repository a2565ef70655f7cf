import type {form as en} from '../en/form.ts'
import type {Words} from '../en/index.ts'

export const form = {
  title: 'form',
} satisfies Words<typeof en>
