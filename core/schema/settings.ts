// What a person sets for every project on this machine.
import {z} from 'zod'

export const settingsSchema = z.object({
  language: z.enum(['en', 'pt-BR']).optional(),
  theme: z.enum(['light', 'dark', 'system']).default('system'),
  /** DuckDB's memory limit, such as `4GB`; its own default when left out. */
  memory: z.string().optional(),
  threads: z.number().int().positive().optional(),
  /** Sizes of panels, the last screen …, by names that the window chooses. */
  window: z.record(z.string(), z.unknown()).default({}),
})
export type Settings = z.output<typeof settingsSchema>

export type RecentProject = {folder: string; name: string; opened: string; missing?: boolean}
export type TemplateInfo = {name: string; title: string}
export type FolderEntry = {name: string; folder: boolean; project: boolean; bytes?: number}
