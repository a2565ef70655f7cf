// What a person sets for every project on this machine.
import {z} from 'zod'

export const languageSchema = z.enum(['en', 'pt-BR'])
export type Language = z.output<typeof languageSchema>
const theme = z.enum(['light', 'dark', 'system'])
/** DuckDB's memory limit, such as `4GB`; its own default when left out. */
const memory = z.string()
const threads = z.number().int().positive()
/** Sizes of panels, the last screen …, by names that the window chooses. */
const window = z.record(z.string(), z.unknown())

/** As they are stored. One that cannot be understood is as if it were not there, and harms no other. */
export const settingsSchema = z.object({
  language: languageSchema.optional().catch(undefined),
  theme: theme.catch('system'),
  memory: memory.optional().catch(undefined),
  threads: threads.optional().catch(undefined),
  window: window.catch({}),
})
export type Settings = z.output<typeof settingsSchema>

/** What is to change; `null` goes back to the default. */
export const settingsChange = z.strictObject({
  language: languageSchema.nullable().optional(),
  theme: theme.nullable().optional(),
  memory: memory.nullable().optional(),
  threads: threads.nullable().optional(),
  window: window.optional(),
})
export type SettingsChange = z.output<typeof settingsChange>

export type RecentProject = {folder: string; name: string; opened: string; missing?: boolean}
export type TemplateInfo = {name: string; title: string}
export type FolderEntry = {name: string; folder: boolean; project: boolean; bytes?: number}
