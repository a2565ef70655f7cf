import type {canvas as en} from '../en/canvas.ts'
import type {Words} from '../en/index.ts'

export const canvas = {
  title: 'canvas',
} satisfies Words<typeof en>
