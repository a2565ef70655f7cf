// Which format a file has: by its name, checked against its first bytes.
import {extname} from 'node:path'
import {AppError} from '../../error.ts'
import {type Phrase, says, verbatim} from '../../words/says.ts'
import {firstBytes, type Packing, packingOf} from './bytes.ts'
import {looksBinary, obviousEncoding} from './encoding.ts'
import type {SourceFile} from './files.ts'
import type {Format} from './params.ts'

const byName: Record<string, Format> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.tab': 'csv',
  '.txt': 'csv',
  '.json': 'json',
  '.geojson': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
  '.xlsx': 'excel',
  '.xlsm': 'excel',
}

/** First bytes that give a file away. The last entries are no tables at all. */
const signatures: {bytes: string; name: Phrase; format?: Format; image?: true}[] = [
  {bytes: 'PAR1', name: verbatim('Parquet'), format: 'parquet'},
  {bytes: 'ARROW1', name: verbatim('Arrow'), format: 'arrow'},
  {bytes: '\xff\xff\xff\xff', name: says`an Arrow stream`, format: 'arrow'},
  {bytes: 'PK\x03\x04', name: says`a zip archive or an Excel workbook`, format: 'excel'},
  {bytes: '\xd0\xcf\x11\xe0', name: says`an old Excel workbook (.xls)`},
  {bytes: 'FEA1', name: says`Feather version 1`},
  {bytes: 'Obj\x01', name: verbatim('Avro')},
  {bytes: 'ORC', name: verbatim('ORC')},
  {bytes: '\x89HDF', name: verbatim('HDF5')},
  {bytes: 'SQLite format 3', name: says`a SQLite database`},
  {bytes: '\x89PNG', name: says`a PNG image`, image: true},
  {bytes: '\xff\xd8\xff', name: says`a JPEG image`, image: true},
  {bytes: 'GIF8', name: says`a GIF image`},
  {bytes: '%PDF', name: says`a PDF document`},
  {bytes: '\x7fELF', name: says`a program`},
  {bytes: 'BZh', name: says`a bzip2 archive`},
  {bytes: '\xfd7zXZ', name: says`an xz archive`},
  {bytes: '7z\xbc\xaf', name: says`a 7-Zip archive`},
  {bytes: '\x80\x04\x95', name: says`a Python pickle`},
]

export type Detected = {
  format: Format
  packing: Packing
  /** The first bytes, unpacked. */
  sample: Buffer
}

const sampleBytes = 256 * 1024

/** Finds format and packing. Throws `bad-data` for an empty file and for what is no table. */
export async function detect(file: SourceFile, asked: Format | undefined): Promise<Detected> {
  if (file.bytes === 0)
    throw new AppError('bad-data', says`"${file.name}" is empty (0 bytes)`, {
      where: file.name,
      hint: says`export it again, or choose another file`,
    })
  const packing = packingOf(await firstBytes(file, undefined, 4))
  const sample = await firstBytes(file, packing, sampleBytes)
  const named = byName[extname(file.name.replace(/\.(gz|gzip|zst|zstd)$/i, '')).toLowerCase()]
  const binary = looksBinary(sample) && !obviousEncoding(sample)
  const head = sample.toString('latin1', 0, 16)
  const signature = binary ? signatures.find(({bytes}) => head.startsWith(bytes)) : undefined
  const format = asked ?? signature?.format ?? named ?? byText(sample.toString('latin1'))
  if (signature && signature.format !== format)
    throw new AppError(
      'bad-data',
      says`"${file.name}" is ${signature.name}, not ${titles[format]}`,
      {
        where: file.name,
        hint: signature.format
          ? says`leave out \`format\` or set it to ${signature.format}`
          : signature.image
            ? says`an images cell reads a folder of images`
            : says`export it as CSV, Parquet or Excel (.xlsx) and use that file`,
      },
    )
  if (binary !== binaryFormats.has(format))
    throw new AppError(
      'bad-data',
      binary
        ? says`"${file.name}" is not ${titles[format]}: it holds binary data, not text`
        : says`"${file.name}" is not ${titles[format]}: it holds text`,
      {where: file.name, hint: says`check that it is the right file and was copied whole`},
    )
  return {format, packing, sample}
}

const binaryFormats = new Set<Format>(['parquet', 'arrow', 'excel'])

export const titles: Record<Format, string> = {
  csv: 'CSV',
  json: 'JSON',
  ndjson: 'NDJSON',
  parquet: 'Parquet',
  arrow: 'Arrow',
  excel: 'Excel (.xlsx)',
}

const byText = (text: string): Format => {
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart()
  if (start.startsWith('[')) return 'json'
  if (!start.startsWith('{')) return 'csv'
  return /^\{[^\n]*\}\r?\n\s*\{/.test(start) ? 'ndjson' : 'json'
}
