// The whole reports of a run's evaluations, each a file named by its content.
import {createHash} from 'node:crypto'
import {mkdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {AppError, messageOf} from '../error.ts'
import {onDisk, writeWhole} from '../files.ts'
import {json} from '../schema/figure.ts'
import {type Report, reportSchema} from '../schema/report.ts'
import {says} from '../words/says.ts'

/** Gives the report's path below the run's folder. The same report again is the same file. */
export async function keepReport(folder: string, report: Report): Promise<string> {
  const text = `${json(report)}\n`
  const name = `evaluations/${createHash('sha256').update(text).digest('hex').slice(0, 16)}.json`
  await onDisk(folder, () => mkdir(join(folder, 'evaluations'), {recursive: true}))
  await writeWhole(join(folder, name), text)
  return name
}

export async function readReport(file: string): Promise<Report> {
  const text = await onDisk(file, () => readFile(file, 'utf8'))
  try {
    return reportSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError('damaged', says`this report cannot be read: ${messageOf(error)}`, {
      where: file,
      hint: says`run the evaluation again`,
      cause: error,
    })
  }
}
