// Values of parameters as they are typed, and what is typed as values.
/** A value as one would type it. */
export const plain = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
export const asString = (text: string) => text
export const listText = (value: unknown) => (Array.isArray(value) ? value.join(', ') : plain(value))
export const listValue = (text: string) =>
  text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(scalarOf)
export const jsonText = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value)

export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return scalarOf(text)
  }
}

/** A text as the number, truth value or text that it looks like. */
export function scalarOf(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text
}
