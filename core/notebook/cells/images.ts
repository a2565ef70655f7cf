// An `images` cell: a folder of images as a table.
import {mkdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {join as posixJoin} from 'node:path/posix'
import {imageFiles, imagesParams, Rejects, readImages} from '../../data/read/index.ts'
import {reasonOf} from '../../data/read/reasons.ts'
import {AppError} from '../../error.ts'
import type {Rejects as Aside} from '../../schema/value.ts'
import {type Phrase, says, verbatim} from '../../words/says.ts'
import {type CellContext, defineCell, objectName} from '../cell-kind.ts'
import {begin, stored} from './sql.ts'

export const imagesCell = defineCell({
  kind: 'images',
  version: 2,
  title: 'Images',
  doc: `A folder of PNG and JPEG files as a table of one row a file: \`file\`, \`label\` (the folder that it lies
in) and \`image\`, scaled to one size. What is transparent becomes white. Files that cannot be read are kept
aside and counted.`,
  params: imagesParams,
  ports: {in: {min: 0, max: 0, accepts: []}, out: 'table'},
  async files({folder}, project) {
    const files = await imageFiles(project.folder, folder)
    return files.map(({name}) => posixJoin(folder, name))
  },
  async run(context) {
    const {project, session, params, hash, folder, signal, tell} = context
    const files = await imageFiles(project.folder, params.folder)
    const work = join(folder, 'work')
    await mkdir(work)
    const rejects = new Rejects(join(work, 'rejects.ndjson'))
    try {
      const outFile = join(folder, 'table.parquet')
      const {rows, stretched} = await readImages(
        {session, files, params, outFile, rejects},
        {signal, tell},
      )
      await rejects.close()
      const {aside, first} = await keptAside(rejects, context)
      if (rows === 0)
        throw new AppError('bad-data', says`none of the ${aside!.count} images could be read`, {
          hint: says`the first: ${first}`,
        })
      const table = await stored(session, folder, objectName(hash, 'table.parquet'), rows)
      const notes = [
        ...(stretched > 0 ? [ofShape(stretched, rows)] : []),
        ...(aside ? [ofRejects(aside.count, first)] : []),
      ]
      return {
        value: {type: 'table', table, recipe: begin(table), ...(aside ? {rejects: aside} : {})},
        rows,
        warnings: notes,
      }
    } finally {
      await rm(work, {recursive: true, force: true})
    }
  },
})

/** Stores the rejects as a table, and says what the first of them is. */
async function keptAside(
  {query, count}: Rejects,
  {session, folder, hash, signal}: CellContext,
): Promise<{aside?: Aside; first: Phrase}> {
  if (!query) return {first: verbatim('')}
  const [row] = await session.rows(query, {signal})
  await session.write(query, join(folder, 'rejects.parquet'), {signal})
  const table = await stored(session, folder, objectName(hash, 'rejects.parquet'), count)
  return {
    aside: {count, table},
    first: says`${String(row!.file)}: ${reasonOf(String(row!.reason))}`,
  }
}

const ofShape = (n: number, rows: number) =>
  says`${n} of ${rows} images have sides of another ratio and were stretched`.said

const ofRejects = (count: number, first: Phrase) =>
  (count === 1
    ? says`1 image could not be read and is kept aside: ${first}`
    : says`${count} images could not be read and are kept aside; the first: ${first}`
  ).said
