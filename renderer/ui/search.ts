// Finding by words, whatever their accents and capitals.

/** `Preço` and `preco` alike. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Tells whether a text holds every word of what is looked for; nothing is in everything. */
export function holds(text: string, wanted: string): boolean {
  const folded = fold(text)
  return fold(wanted)
    .split(/\s+/)
    .every(word => folded.includes(word))
}
