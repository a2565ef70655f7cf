// A project that begins with data files: the document that reads them.
import {imageFolder} from './data-file.ts'

/**
 * Markdown with the title, a source cell for each file, given as its path in the project, and an images cell for
 * each folder of images.
 */
export function firstDocument(title: string, paths: readonly string[]): string {
  const taken = new Set<string>()
  const places = new Set(paths.map(path => imageFolder(path) ?? path))
  const cells = [...places].map(place => {
    const stem = cellName(place)
    let own = stem
    for (let n = 2; taken.has(own); n++) own = `${stem}_${n}`
    taken.add(own)
    const [kind, key] = paths.includes(place) ? ['source', 'file'] : ['images', 'folder']
    return `\`\`\`yaml cell=${own} kind=${kind}\n${key}: ${JSON.stringify(place)}\n\`\`\`\n`
  })
  return `# ${title}\n\n${cells.join('\n')}`
}

/** A file's name as a title: `Vendas 2024.csv.gz` → `Vendas 2024`. */
export const titleOfFile = (name: string) => name.replace(/\.\w+(\.(gz|zst))?$/, '') || name

/** `data/Vendas 2024.csv` → `vendas_2024`. */
export function cellName(path: string): string {
  const stem = titleOfFile(path.split('/').at(-1)!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[a-z]/.test(stem) ? stem : `data_${stem}`
}
