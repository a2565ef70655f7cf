// A project folder with one file in it, read as a source cell would.
import {mkdir, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expect, onTestFinished} from 'vitest'
import {readSource, sourceParams} from '../../../../core/data/read/index.ts'
import {reasonOf} from '../../../../core/data/read/reasons.ts'
import {Session} from '../../../../core/data/session.ts'
import {sql} from '../../../../core/data/sql.ts'
import type {Task} from '../../../../core/plugin.ts'
import {temporaryFolder} from '../../../support/folder.ts'

export async function project() {
  const folder = await temporaryFolder()
  const session = await Session.open({folder, threads: 2})
  onTestFinished(() => session.close())
  let outs = 0
  const put = async (name: string, content: string | Uint8Array) => {
    const file = join(folder, name)
    await mkdir(dirname(file), {recursive: true})
    await writeFile(file, content)
    return name
  }
  const calm: Task = {signal: new AbortController().signal, tell: () => {}}
  /** What is read, without a look at the rows. */
  const source = async (params: Record<string, unknown>, task: Task = calm) => {
    const outFolder = join(folder, `.bancada/out${outs++}`)
    await mkdir(outFolder, {recursive: true})
    const request = {session, projectFolder: folder, params: sourceParams.parse(params), outFolder}
    return {...(await readSource(request, task)), outFolder}
  }
  const read = async (params: Record<string, unknown>, task: Task = calm) => {
    const result = await source(params, task)
    const rejected = result.rejects.file
      ? await session.rows(sql`select * from read_parquet(${result.rejects.file}) order by line`)
      : []
    // Whatever a row is put aside for can be said in other languages.
    for (const {reason} of rejected) expect(reasonOf(String(reason)).said[0]).not.toBe('{0}')
    return {
      ...result,
      data: await session.rows(result.query),
      types: Object.fromEntries(result.columns.map(c => [c.name, c.type])),
      rejected,
    }
  }
  /** Reads a text given as it stands. */
  const text = async (
    content: string | Uint8Array,
    params: Record<string, unknown> = {},
    name = 't.csv',
  ) => read({file: await put(name, content), ...params})
  return {folder, session, put, source, read, text}
}
