// The form of a `source` cell: which file, and how to read it where the file itself does not tell.
import {z} from 'zod'
import type {ParamMeta} from '../../schema/params.ts'
import {must} from '../../words/rule.ts'
import {says} from '../../words/says.ts'
import {typeOf} from './casts.ts'
import {strptime} from './dates.ts'

const meta = (about: ParamMeta) => about

/** The formats that a source reads. */
export const formats = ['csv', 'json', 'ndjson', 'parquet', 'arrow', 'excel'] as const
export type Format = (typeof formats)[number]

/** The encodings that text files come in. Latin-1 is read as Windows-1252, as browsers do. */
export const encodings = ['utf-8', 'utf-16', 'latin-1', 'windows-1252'] as const

/** `encoding` takes any label that the WHATWG Encoding standard knows, such as `shift_jis`. */
const encoding = z.string().superRefine(
  must(
    label => {
      try {
        return Boolean(new TextDecoder(label === 'latin-1' ? 'latin1' : label))
      } catch {
        return false
      }
    },
    label => says`no encoding named "${label}"; use one of ${encodings.join(', ')}`,
  ),
)

export const sourceParams = z.strictObject({
  file: z
    .string()
    .min(1)
    .meta(
      meta({title: 'File', description: 'A path in the project, or a pattern such as data/*.csv'}),
    ),
  format: z
    .enum(formats)
    .optional()
    .meta(meta({description: 'Left out: told by the name and the first bytes'})),
  delimiter: z
    .string()
    .min(1)
    .max(4)
    .optional()
    .meta(meta({description: 'Between the fields of a line: , ; tab (\\t) |'})),
  quote: z
    .string()
    .max(1)
    .optional()
    .meta(meta({description: 'Around fields; empty for none. Usual: "'})),
  escape: z
    .string()
    .length(1)
    .optional()
    .meta(meta({description: 'Before a quote within quotes. Usual: the quote itself'})),
  header: z
    .boolean()
    .optional()
    .meta(meta({description: 'Does the first line name the columns?'})),
  skip: z
    .int()
    .min(0)
    .default(0)
    .meta(meta({description: 'Lines before the header or the first row to leave out'})),
  encoding: encoding
    .optional()
    .meta(
      meta({description: `${encodings.join(', ')}, or another that the Encoding standard names`}),
    ),
  decimal: z
    .enum(['.', ','])
    .optional()
    .meta(meta({description: 'Decimal mark: 1.5 or 1,5'})),
  thousands: z
    .enum(['.', ',', ' ', "'", ''])
    .optional()
    .meta(meta({description: 'Mark between thousands: 1.234,56 has a dot; empty for none'})),
  dates: z
    .array(
      z.string().superRefine(
        must(
          format => strptime(format) !== undefined,
          format =>
            says`"${format}" is not a date format; write it as dd/mm/yyyy hh:mm or %d/%m/%Y %H:%M`,
        ),
      ),
    )
    .default([])
    .meta(
      meta({description: 'Date formats, such as dd/mm/yyyy; tried in order before the usual ones'}),
    ),
  types: z
    .record(
      z.string(),
      z.string().superRefine(
        must(
          type => typeOf(type) !== undefined,
          type =>
            says`"${type}" is not a type; use text, integer, number, boolean, date, timestamp, or a DuckDB type such as DECIMAL(10,2)`,
        ),
      ),
    )
    .default({})
    .meta(meta({description: 'Types by column, where the inferred one is not what you want'})),
  nulls: z
    .array(z.string())
    .optional()
    .meta(
      meta({description: 'Texts that mean missing, in every column; an empty field always does'}),
    ),
  sheet: z
    .union([z.string(), z.int().min(1)])
    .optional()
    .meta(meta({description: 'Excel: the name or number (from 1) of the sheet'})),
})

export type SourceParams = z.infer<typeof sourceParams>
