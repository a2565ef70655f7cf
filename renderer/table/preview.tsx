export function TablePreview(_: {document: string; table: string; rows: number}) {
  return null
}
