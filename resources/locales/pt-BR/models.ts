import type {Words} from '../en/index.ts'
import type {models as en} from '../en/models.ts'

export const models = {
  title: 'models',
} satisfies Words<typeof en>
