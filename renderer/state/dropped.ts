// What a person drops or chooses: files, and those in folders with the folder that each lies in.
import type {Given} from './upload.ts'

/** The files of a drop, folders walked through; hidden ones are left out. To be called while the drop is told. */
export function droppedFiles({items, files}: DataTransfer): Promise<Given[]> {
  const entries = [...items].map(item => item.webkitGetAsEntry?.() ?? undefined)
  // What is no entry is a file that a program made.
  if (entries.some(entry => entry === undefined))
    return Promise.resolve([...files].map(file => ({file})))
  return walk(entries as FileSystemEntry[], '')
}

/** The files of a choice: those of a folder say where in it they lie. */
export const chosenFiles = (files: readonly File[]): Given[] =>
  files.flatMap(file => {
    const names = file.webkitRelativePath.split('/').slice(0, -1)
    if (isHidden(file.name) || names.some(isHidden)) return []
    return [names.length > 0 ? {file, folder: names.join('/')} : {file}]
  })

const isHidden = (name: string) => name.startsWith('.')

async function walk(entries: readonly FileSystemEntry[], folder: string): Promise<Given[]> {
  const found: Given[] = []
  for (const entry of entries) {
    if (isHidden(entry.name)) continue
    if (entry.isDirectory) {
      const inside = folder ? `${folder}/${entry.name}` : entry.name
      found.push(...(await walk(await entriesOf(entry as FileSystemDirectoryEntry), inside)))
    } else {
      const file = await fileOf(entry as FileSystemFileEntry)
      found.push(folder ? {file, folder} : {file})
    }
  }
  return found
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((done, failed) => entry.file(done, failed))

/** A reader gives a hundred at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) =>
      reader.readEntries(done, failed),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
