// Parquet files of our own: how they are written, and how columns of images keep their type in them.
import {type Column, kindOfType} from '../schema/table.ts'
import {id, join, raw, type Sql, sql} from './sql.ts'

/** The types of a file's columns of images, by name. Parquet knows lists only, so they stand beside the rows. */
export type Images = Record<string, string>

/** Where a file has them. */
const imagesKey = 'bancada.images'

/** What stands after `copy … to …` for rows of these columns. */
export function parquetOptions(columns: readonly Pick<Column, 'name' | 'type'>[]): Sql {
  const images = columns.filter(c => kindOfType(c.type) === 'image').map(c => [c.name, c.type])
  // As base64, since DuckDB shows the bytes of other text.
  const text = Buffer.from(JSON.stringify(Object.fromEntries(images))).toString('base64url')
  const notes = images.length > 0 ? sql`, kv_metadata {${id(imagesKey)}: ${text}}` : sql``
  return sql`(format parquet, compression zstd, compression_level 1${notes})`
}

/** Whether a file with these columns may hold images. */
export const mayHoldImages = (columns: readonly Column[]): boolean =>
  columns.some(c => /^UTINYINT(\[\]){2,3}$/.test(c.type))

/** The query that finds the columns of images of a file, as `text`. */
export const imagesQuery = (file: string): Sql =>
  sql`select value::varchar as text from parquet_kv_metadata(${file}) where key::varchar = ${imagesKey}`

/** What `imagesQuery` found. */
export const imagesOf = (text: unknown): Images =>
  JSON.parse(Buffer.from(String(text), 'base64url').toString())

/** Rows of lists as rows of images again. */
export function withImages(rows: Sql, images: Images): Sql {
  const casts = Object.entries(images).map(
    ([name, type]) => sql`${id(name)}::${raw(type)} as ${id(name)}`,
  )
  return casts.length === 0 ? rows : sql`select * replace (${join(casts)}) from (${rows})`
}
