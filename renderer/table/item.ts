// What the Data screen shows, as the address names it: `file:data/x.csv`, `table:notebooks/a.md#parts.train`.

export type DataItem = {is: 'file'; path: string} | {is: 'table'; document: string; table: string}

export const fileItem = (path: string) => `file:${path}`
export const tableItem = (document: string, table: string) => `table:${document}#${table}`

export function readItem(item: string | undefined): DataItem | undefined {
  if (item?.startsWith('file:')) return {is: 'file', path: item.slice(5)}
  // A name of a cell has no `#`; a path may.
  const hash = item?.lastIndexOf('#') ?? -1
  if (!item?.startsWith('table:') || hash < 0) return undefined
  return {is: 'table', document: item.slice(6, hash), table: item.slice(hash + 1)}
}
