// What a path that the system hands over stands for, and what to show of it.
import {access, constants, copyFile, writeFile} from 'node:fs/promises'
import {basename, join, relative, sep} from 'node:path'
import {toFault} from '../core/error.ts'
import {onDisk} from '../core/files.ts'
import {findProject} from '../core/project.ts'
import type {HomeHandlers} from '../core/rpc.ts'
import {fileName} from '../core/schema/file-name.ts'
import {firstDocument, titleOfFile} from '../core/schema/first-document.ts'

export type Target = {project: string; document?: string}

const isData = /\.(csv|tsv|parquet)(\.(gz|zst))?$/i

/**
 * The project that a path lies in, with the document where it is one. A data file outside any project begins
 * one. What is neither is taken for a project, and the window says what is wrong with it.
 */
export async function targetOf(path: string, home: HomeHandlers): Promise<Target> {
  const project = await findProject(path)
  if (project === undefined) return isData.test(path) ? beginWith(path, home) : {project: path}
  const document = relative(project, path).split(sep).join('/')
  return {project, ...(/^notebooks\/[^/]+\.md$/.test(document) && {document})}
}

/** The part of the page's address after `#`. */
export function hashOf({project, document}: Target): string {
  const query = new URLSearchParams({folder: project, ...(document && {document})})
  return `#/project/documents?${query}`
}

/** A new project called after a data file, with a copy of it and a document that reads it. */
async function beginWith(file: string, home: HomeHandlers): Promise<Target> {
  await onDisk(file, () => access(file, constants.R_OK))
  const title = titleOfFile(basename(file))
  const project = await createFree(title, home)
  const document = `notebooks/${fileName(title)}.md`
  const data = `data/${basename(file)}`
  await onDisk(project, () => copyFile(file, join(project, data), constants.COPYFILE_FICLONE))
  await writeFile(join(project, document), firstDocument(title, [data]), {flag: 'wx'})
  return {project, document}
}

/** A project in a folder that was not there: its name gets a number where it is taken. */
async function createFree(title: string, home: HomeHandlers): Promise<string> {
  const {signal} = new AbortController()
  const context = {signal, gone: signal, tell: () => {}}
  for (let n = 1; ; n++) {
    try {
      const name = n === 1 ? title : `${title} ${n}`
      return (await home['home.create']({name}, context)).folder
    } catch (error) {
      if (toFault(error).code !== 'refused' || n === 100) throw error
    }
  }
}
