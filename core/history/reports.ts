// What was found of a run's model after its training, each a file named by its content.
import {createHash} from 'node:crypto'
import {mkdir, readFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {z} from 'zod'
import {AppError, toFault} from '../error.ts'
import {onDisk, writeWhole} from '../files.ts'
import {type Explanation, explanationSchema} from '../schema/explanation.ts'
import {json} from '../schema/figure.ts'
import {type Report, reportSchema} from '../schema/report.ts'
import {type Phrase, says} from '../words/says.ts'

/** Gives the report's path below the run's folder. The same report again is the same file. */
export const keepReport = (folder: string, report: Report) => keep(folder, 'evaluations', report)

/** The same for an explanation. */
export const keepExplanation = (folder: string, explanation: Explanation) =>
  keep(folder, 'explanations', explanation)

export const readReport = (file: string): Promise<Report> =>
  read(file, reportSchema, {
    problem: 'this report cannot be read',
    hint: 'run the evaluation again',
  })

export const readExplanation = (file: string): Promise<Explanation> =>
  read(file, explanationSchema, {
    problem: 'this explanation cannot be read',
    hint: says`explain the run again`,
  })

async function keep(folder: string, kind: string, found: unknown): Promise<string> {
  const text = `${json(found)}\n`
  const name = `${kind}/${createHash('sha256').update(text).digest('hex').slice(0, 16)}.json`
  const file = join(folder, name)
  await onDisk(folder, () => mkdir(dirname(file), {recursive: true}))
  await writeWhole(file, text)
  return name
}

async function read<T>(
  file: string,
  schema: z.ZodType<T>,
  {problem, hint}: {problem: string; hint: string | Phrase},
): Promise<T> {
  const text = await onDisk(file, () => readFile(file, 'utf8'))
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError('damaged', `${problem}: ${toFault(error).message}`, {
      where: file,
      hint,
      cause: error,
    })
  }
}
